import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from './aead.ts';
import { SecretsError } from './crypto-error.ts';
import type { KeyEncryptionKey, KeyRing } from './key-ring.ts';

const VERSION = 'e1';
const DATA_KEY_BYTES = 32;
const base64urlPattern = /^[A-Za-z0-9_-]+$/;

/** The one place a ciphertext belongs to; a copy in another row, field or version does not open. */
export interface Binding {
  readonly recordId: string;
  readonly purpose: string;
  readonly version?: number;
}

interface Envelope {
  readonly keyId: string;
  readonly wrappedKey: Uint8Array;
  readonly payload: Uint8Array;
}

/**
 * Encrypts with a data key of its own, which the ring's current key wraps.
 * Gives `e1.<key id>.<wrapped key>.<payload>`, the last two base64url.
 */
export function sealEnvelope(ring: KeyRing, binding: Binding, plaintext: Uint8Array | string): string {
  const dataKey = randomBytes(DATA_KEY_BYTES);
  try {
    return format({
      keyId: ring.current.id,
      wrappedKey: encrypt(ring.current.bytes, dataKey, wrapContext(ring.current, binding)),
      payload: encrypt(dataKey, toBytes(plaintext), payloadContext(binding)),
    });
  } finally {
    dataKey.fill(0);
  }
}

/** Throws `SecretsError`: `key-unknown`, `tampered` (also for another binding) or `malformed`. */
export function openEnvelope(ring: KeyRing, binding: Binding, text: string): Buffer {
  const envelope = parse(text);
  const dataKey = unwrap(ring, binding, envelope);
  try {
    return decrypt(dataKey, envelope.payload, payloadContext(binding));
  } finally {
    dataKey.fill(0);
  }
}

/** Wraps the same data key with the ring's current key; the payload stays byte for byte. Checked by opening it. */
export function rewrapEnvelope(ring: KeyRing, binding: Binding, text: string): string {
  const envelope = parse(text);
  const dataKey = unwrap(ring, binding, envelope);
  try {
    decrypt(dataKey, envelope.payload, payloadContext(binding)).fill(0);
    const wrappedKey = encrypt(ring.current.bytes, dataKey, wrapContext(ring.current, binding));
    return format({ ...envelope, keyId: ring.current.id, wrappedKey });
  } finally {
    dataKey.fill(0);
  }
}

/** Which key wrapped it, without opening it; a key may go when no envelope names it. */
export function envelopeKeyId(text: string): string {
  return parse(text).keyId;
}

function unwrap(ring: KeyRing, binding: Binding, envelope: Envelope): Buffer {
  const key = ring.get(envelope.keyId);
  if (key === undefined) {
    const held = ring.ids.join(', ');
    throw new SecretsError('key-unknown', `Written with key ${envelope.keyId}; the key ring has ${held}.`);
  }
  return decrypt(key.bytes, envelope.wrappedKey, wrapContext(key, binding));
}

function format(envelope: Envelope): string {
  const { keyId, wrappedKey, payload } = envelope;
  return [VERSION, keyId, toBase64url(wrappedKey), toBase64url(payload)].join('.');
}

function parse(text: string): Envelope {
  const [version, keyId, wrappedKey, payload, ...more] = text.split('.');
  if (version !== VERSION || !keyId || !wrappedKey || !payload || more.length > 0) {
    throw new SecretsError('malformed', 'Not an envelope of this version.');
  }
  return { keyId, wrappedKey: fromBase64url(wrappedKey), payload: fromBase64url(payload) };
}

// JSON keeps the parts apart: no choice of ids can make two bindings the same text.
const context = (...parts: readonly (string | number)[]): string => JSON.stringify([`ushadow.${VERSION}`, ...parts]);
const bindingParts = (binding: Binding) => [binding.recordId, binding.purpose, binding.version ?? 0];
const wrapContext = (key: KeyEncryptionKey, binding: Binding) => context('wrap', key.id, ...bindingParts(binding));
const payloadContext = (binding: Binding) => context('payload', ...bindingParts(binding));

const toBytes = (value: Uint8Array | string) => (typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
const toBase64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

function fromBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  // Node skips what is not base64 and ignores spare bits; only the exact spelling is accepted.
  if (!base64urlPattern.test(text) || bytes.toString('base64url') !== text) {
    throw new SecretsError('malformed', 'The envelope is not base64url.');
  }
  return bytes;
}
