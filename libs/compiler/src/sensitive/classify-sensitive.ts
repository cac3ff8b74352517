import { nameTokens } from './name-tokens.ts';
import { isMeasure, isOpaque, isPath, isPlainUrl, isSwitch, secretSign } from './value-signs.ts';

/** Where a value came from, when that is known. */
export interface ValueOrigin {
  /** Variables the value was interpolated from: `${DB_PASSWORD}` names DB_PASSWORD. */
  readonly variables?: readonly string[];
  /** Set when a user or a settings store has said so; wins over every rule. */
  readonly secret?: boolean;
}

export interface Sensitivity {
  readonly secret: boolean;
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
  if (sign !== undefined) return { secret: true, reason: sign };
  const source = origin.variables?.find((variable) => classifyName(variable, value) !== undefined);
  if (source !== undefined) return { secret: true, reason: `the value comes from ${source}` };
  const word = classifyName(name, value);
  if (word !== undefined) return { secret: true, reason: `the name contains ${word}` };
  if (isOpaque(value) && !nameTokens(name).some((token) => PUBLIC_WORDS.has(token))) {
    return { secret: true, reason: 'the value looks random' };
  }
  return { secret: false, reason: 'neither name nor value looks secret' };
}

/** Words that make a name sensitive when they stand alone, `API_KEY`. */
const SECRET_WORDS = new Set(
  'PASSWORD PASSWORDS PASSWD PASSPHRASE PASS PWD PW SECRET SECRETS TOKEN TOKENS CREDENTIAL CREDENTIALS CREDS KEY KEYS PRIVATE JWT'.split(
    ' ',
  ),
);
/** Words that end a longer word, `PGPASSWORD`. */
const SECRET_ENDINGS =
  /(PASSWORD|PASSWD|PASSPHRASE|PASS|SECRET|TOKEN|CREDENTIALS?|(API|ACCESS|SECRET|PRIVATE|MASTER|AUTH|SIGNING|ENCRYPTION)KEY)$/;
const HARMLESS_WORDS = new Set(['BYPASS', 'COMPASS', 'TRESPASS', 'UNDERPASS', 'OVERPASS', 'ENCOMPASS', 'SURPASS']);
/** Only as the last word, and only with a value that is no method or switch: `SMTP_AUTH`. */
const AUTH_METHODS =
  /^(basic|plain|login|digest|cram-md5|oauth2?|oidc|ldap|saml|jwt|local|any|trust|md5|scram-sha-256|token|password|required|optional)$/i;
const LOCATIONS = new Set(['URL', 'URI', 'ENDPOINT', 'FILE', 'PATH', 'DIR', 'DIRECTORY', 'LOCATION', 'FOLDER']);
const PUBLIC_WORDS = new Set(['SHA', 'COMMIT', 'DIGEST', 'CHECKSUM', 'REVISION', 'VERSION', 'IMAGE', 'PUBLIC']);

/** The word of the name that makes this variable sensitive, given its value. */
function classifyName(name: string, value: string): string | undefined {
  const tokens = nameTokens(name);
  const last = tokens.at(-1) ?? '';
  if (
    last === 'AUTH' &&
    value !== '' &&
    !isSwitch(value) &&
    !isMeasure(value) &&
    !AUTH_METHODS.test(value) &&
    !isPlainUrl(value)
  )
    return 'AUTH';
  const word = tokens.find(
    (token) => SECRET_WORDS.has(token) || (SECRET_ENDINGS.test(token) && !HARMLESS_WORDS.has(token)),
  );
  if (word === undefined || isHarmlessValue(tokens, word, value)) return undefined;
  return word;
}

function isHarmlessValue(tokens: readonly string[], word: string, value: string): boolean {
  const last = tokens.at(-1) ?? '';
  if (value !== '' && isSwitch(value)) return true;
  if (isMeasure(value)) return word === 'TOKENS' || word === 'KEYS' || last !== word;
  if (isPath(value)) return true;
  return LOCATIONS.has(last) && isPlainUrl(value);
}
