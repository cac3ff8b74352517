import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SecretsError } from './crypto-error.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a fresh random nonce. Gives nonce, ciphertext and tag in one piece. */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, associated: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(associated, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `SecretsError('tampered')` unless key, associated data and every byte are the ones it was made with. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, associated: string): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new SecretsError('malformed', 'The ciphertext is too short.');
  const tagStart = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(associated, 'utf8'));
  decipher.setAuthTag(sealed.subarray(tagStart));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagStart)), decipher.final()]);
  } catch (cause) {
    throw new SecretsError('tampered', 'The ciphertext does not belong to this record and key, or was changed.', {
      cause,
    });
  }
}
