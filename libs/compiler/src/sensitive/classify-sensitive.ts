import { nameTokens } from './name-signs.ts';
import { namesPlace, secretWord } from './name-signs.ts';
import { isOpaque, secretSign } from './value-signs.ts';

/** Where a value came from, when that is known. */
export interface ValueOrigin {
  /** Variables the value was interpolated from: `${DB_PASSWORD}` names DB_PASSWORD. */
  readonly variables?: readonly string[];
  /** Set when a user or a settings store has said so; wins over every rule. */
  readonly secret?: boolean;
}

export interface Sensitivity {
  readonly secret: boolean;
  /** Secret is only what a URL or a connection string authenticates with; where it leads may be read. */
  readonly partly?: true;
  /** Why, for people: never contains the value. */
  readonly reason: string;
}

/**
 * The one judge of what is a secret: looks at the words of the name, at the value and at its origin.
 * In doubt the answer is secret, since hiding a harmless value costs little. A null value is no secret:
 * there is nothing to keep.
 */
export function classifySensitive(name: string, value: string | null, origin: ValueOrigin = {}): Sensitivity {
  if (origin.secret !== undefined) {
    return { secret: origin.secret, reason: origin.secret ? 'marked as secret' : 'marked as not secret' };
  }
  if (value === null) return { secret: false, reason: 'it has no value' };
  const sign = secretSign(value);
  const word = secretWord(name, value);
  if (sign !== undefined) {
    // A password that looks like an address leads nowhere.
    const partly = sign.partly === true && (word === undefined || namesPlace(name));
    return { secret: true, reason: sign.reason, ...(partly ? { partly } : {}) };
  }
  const source = origin.variables?.find((variable) => secretWord(variable, value) !== undefined);
  if (source !== undefined) return { secret: true, reason: `the value comes from ${source}` };
  if (word !== undefined) return { secret: true, reason: `the name contains ${word}` };
  if (isOpaque(value) && !nameTokens(name).some((token) => PUBLIC_WORDS.has(token))) {
    return { secret: true, reason: 'the value looks random' };
  }
  return { secret: false, reason: 'neither name nor value looks secret' };
}

const PUBLIC_WORDS = new Set(
  'SHA COMMIT DIGEST CHECKSUM FINGERPRINT REVISION VERSION IMAGE PUBLIC PUBLISHABLE'.split(' '),
);
