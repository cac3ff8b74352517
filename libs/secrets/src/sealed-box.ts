import { createCurve, fromCurveSeed } from '@nats-io/nkeys';
import { SecretsError } from './crypto-error.ts';

const PUBLIC_KEY_CHARS = 56;
const publicKeyPattern = /^X[A-Z2-7]{55}$/;

/** A service's own pair. Everybody knows the public key; the seed never leaves the service. */
export interface SealKeys {
  /** NATS curve key (xkey), 56 characters that begin with X. */
  readonly publicKey: string;
  readonly seed: Uint8Array;
}

export function generateSealKeys(): SealKeys {
  const pair = createCurve();
  return { publicKey: pair.getPublicKey(), seed: pair.getSeed() };
}

/** The public key that belongs to a seed; undefined for what is none. */
export function publicSealKey(seed: string): string | undefined {
  try {
    return fromCurveSeed(new TextEncoder().encode(seed)).getPublicKey();
  } catch {
    return undefined;
  }
}

/**
 * Encrypts so that only the holder of the recipient's seed can read it; the sender's pair is made for this one box.
 * Gives base64 of the sender's public key and the box. Throws `SecretsError('malformed')` for a bad public key.
 */
export function seal(plaintext: Uint8Array | string, recipientPublicKey: string): string {
  if (!publicKeyPattern.test(recipientPublicKey)) throw badRecipient();
  const sender = createCurve();
  try {
    const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
    const box = sender.seal(bytes, recipientPublicKey);
    return Buffer.concat([Buffer.from(sender.getPublicKey(), 'latin1'), box]).toString('base64');
  } catch (cause) {
    throw badRecipient(cause);
  } finally {
    sender.clear();
  }
}

/** Throws `SecretsError`: `tampered` when it is not for these keys or was changed, `malformed` when it is no box. */
export function open(sealed: string, keys: SealKeys): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  const sender = bytes.subarray(0, PUBLIC_KEY_CHARS).toString('latin1');
  if (!publicKeyPattern.test(sender)) throw new SecretsError('malformed', 'Not a sealed box.');
  const plaintext = openBox(keys.seed, sender, bytes.subarray(PUBLIC_KEY_CHARS));
  if (plaintext === null) throw new SecretsError('tampered', 'The box is for another key or was changed.');
  return Buffer.from(plaintext);
}

function openBox(seed: Uint8Array, sender: string, box: Uint8Array): Uint8Array | null {
  const recipient = fromCurveSeed(seed);
  try {
    return recipient.open(box, sender);
  } catch (cause) {
    throw new SecretsError('malformed', 'Not a sealed box.', { cause });
  } finally {
    recipient.clear();
  }
}

const badRecipient = (cause?: unknown) =>
  new SecretsError('malformed', 'The recipient is not a public curve key (xkey).', { cause });
