import { bytesFor, secretFrom, type SecretFormat } from '@ushadow/environment/secrets';
import { hmacSha256Hex } from '@ushadow/kubernetes';
import type { ImportPorts } from '../template-input.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const LETTERS_AND_DIGITS = `${LOWER.toUpperCase()}${LOWER}${DIGITS}`;
/** What the last character of base64 may be, whose other bits are 0: two of it count behind one byte, four behind two. */
const LAST_OF_ONE = 'AQgw';
const LAST_OF_TWO = 'AEIMQUYcgkosw048';
/** None that means something to a shell, to YAML, to Compose or in a URL’s user part. */
const SYMBOLS = '!*-._~';

/** Values that nobody can foretell, in the forms that templates ask for. */
export class RandomValues {
  readonly #ports: ImportPorts;

  constructor(ports: ImportPorts) {
    this.#ports = ports;
  }

  lettersAndDigits(length: number): string {
    return this.#of(LETTERS_AND_DIGITS, length);
  }

  lowerLettersAndDigits(length: number): string {
    return this.#of(LOWER + DIGITS, length);
  }

  /** Has at least one symbol, which some programs ask for. */
  withSymbols(length: number): string {
    return this.#of(LETTERS_AND_DIGITS + SYMBOLS, length - 1) + this.#of(SYMBOLS, 1);
  }

  /** Begins with a letter, as names of users and databases have to. */
  name(length: number): string {
    return this.#of(LOWER, 1) + this.lowerLettersAndDigits(length - 1);
  }

  /** Of that many bytes, without `+` and `/`: it may land in a URL. */
  base64(bytes: number): string {
    const whole = this.lettersAndDigits(Math.floor(bytes / 3) * 4);
    if (bytes % 3 === 0) return whole;
    const [plain, last, padding] = bytes % 3 === 1 ? [1, LAST_OF_ONE, '=='] : [2, LAST_OF_TWO, '='];
    return whole + this.lettersAndDigits(plain) + this.#of(last, 1) + padding;
  }

  /** Of that many characters. */
  hex(length: number): string {
    return this.#make({ form: 'hex', bytes: Math.ceil(length / 2) }).slice(0, length);
  }

  uuid(): string {
    return this.#make({ form: 'uuid' });
  }

  /** One that a process may listen at without rights. */
  port(): number {
    const [high = 0, low = 0] = this.#ports.randomBytes(2);
    return 1024 + ((high * 256 + low) % (65_536 - 1024));
  }

  /** A JSON Web Token, signed by HS256 (RFC 7519); valid for ten years unless the claims say otherwise. */
  token(key: string, claims: Readonly<Record<string, unknown>>): string {
    const issued = Math.floor(this.#ports.now / 1000);
    const body = { iat: issued, exp: issued + TEN_YEARS_SECONDS, ...claims };
    const signed = [{ alg: 'HS256', typ: 'JWT' }, body].map((part) => base64Url(asciiJson(part)));
    const text = signed.join('.');
    return `${text}.${base64Url(bytesOf(hmacSha256Hex(key, text)))}`;
  }

  #of(alphabet: string, length: number): string {
    return length < 1 ? '' : this.#make({ form: 'alphabet', alphabet, length });
  }

  #make(format: SecretFormat): string {
    return secretFrom(format, this.#ports.randomBytes(bytesFor(format)));
  }
}

const TEN_YEARS_SECONDS = 10 * 365 * 24 * 3600;

/** JSON with every other character escaped: a byte for each one. */
function asciiJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function base64Url(bytes: Uint8Array): string {
  const text = secretFrom({ form: 'base64', bytes: bytes.length }, bytes);
  return text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
}
