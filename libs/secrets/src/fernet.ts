import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SecretsError } from './crypto-error.ts';

const VERSION_BYTE = 0x80;
const IV_START = 9;
const CIPHERTEXT_START = 25;
const MAC_BYTES = 32;
const MIN_BYTES = 73;
const BLOCK_BYTES = 16;
const tokenPattern = /^[A-Za-z0-9_-]+={0,2}$/;

/** The constant that older installations used when no secret was set. It only ever opens files, to say so. */
const KNOWN_CONSTANT = 'default-secret-key';

/** The Fernet key of an application secret: base64url of its SHA-256, no salt, no trimming. */
export function fernetKey(appSecret: string): string {
  const text = fernetDigest(appSecret).toString('base64url');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/**
 * Opens a Fernet token made with a key derived from `appSecret`. No age limit.
 * The MAC is checked, in constant time, before anything is decrypted. Throws `SecretsError`.
 */
export function openFernet(token: string, appSecret: string): string {
  const raw = decodeToken(token.trim());
  const digest = fernetDigest(appSecret);
  const signed = raw.subarray(0, -MAC_BYTES);
  const mac = createHmac('sha256', digest.subarray(0, 16)).update(signed).digest();
  if (!timingSafeEqual(mac, raw.subarray(-MAC_BYTES))) {
    throw new SecretsError('tampered', 'The Fernet token was changed or made with another secret.');
  }
  const cipher = createDecipheriv('aes-128-cbc', digest.subarray(16), raw.subarray(IV_START, CIPHERTEXT_START));
  try {
    const plaintext = Buffer.concat([cipher.update(signed.subarray(CIPHERTEXT_START)), cipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  } catch (cause) {
    throw new SecretsError('malformed', 'The Fernet token holds no UTF-8 text.', { cause });
  }
}

export interface ImportedFernet {
  readonly plaintext: string;
  /** True when only the constant of older installations opened it: the file was as good as unencrypted. */
  readonly openedByKnownConstant: boolean;
}

/** As `openFernet`, with the configured secret first and the known constant only if that fails. */
export function importFernet(token: string, appSecret: string): ImportedFernet {
  try {
    return { plaintext: openFernet(token, appSecret), openedByKnownConstant: appSecret === KNOWN_CONSTANT };
  } catch (error) {
    if (!(error instanceof SecretsError) || error.reason !== 'tampered') throw error;
    try {
      return { plaintext: openFernet(token, KNOWN_CONSTANT), openedByKnownConstant: true };
    } catch {
      throw error;
    }
  }
}

function decodeToken(token: string): Buffer {
  const raw = Buffer.from(token, 'base64url');
  const spelledExactly = tokenPattern.test(token) && raw.toString('base64url') === token.replace(/=+$/, '');
  const fits = raw.length >= MIN_BYTES && (raw.length - CIPHERTEXT_START - MAC_BYTES) % BLOCK_BYTES === 0;
  if (!spelledExactly || !fits || raw[0] !== VERSION_BYTE) {
    throw new SecretsError('malformed', 'Not a Fernet token.');
  }
  return raw;
}

const fernetDigest = (appSecret: string) => createHash('sha256').update(appSecret, 'utf8').digest();
