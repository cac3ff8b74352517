import { bytesFor, secretFormats, secretFrom, type SecretFormat } from '@ushadow/environment';

export const forms = ['password', 'signs', 'base64', 'hex', 'uuid'] as const;
export type Form = (typeof forms)[number];

export const formWords: Readonly<Record<Form, string>> = {
  password: 'Letters and digits',
  signs: 'Letters, digits and signs',
  base64: 'base64',
  hex: 'hex',
  uuid: 'UUID',
};

/** Signs that mean nothing in URLs, shells and env files. */
const SIGNS = '-_.~+';
const LENGTH_MIN = 8;
const LENGTH_MAX = 512;

/** What the length counts; null where it is fixed. */
export function unitOf(form: Form): 'characters' | 'bytes' | null {
  if (form === 'uuid') return null;
  return form === 'password' || form === 'signs' ? 'characters' : 'bytes';
}

/** Undefined: there is no such length. */
export function formatOf(form: Form, length: string): SecretFormat | undefined {
  if (form === 'uuid') return secretFormats.uuid;
  const count = /^\d+$/.test(length.trim()) ? Number(length) : Number.NaN;
  if (!(count >= LENGTH_MIN && count <= LENGTH_MAX)) return undefined;
  if (form === 'base64' || form === 'hex') return { form, bytes: count };
  const { alphabet } = secretFormats.password;
  return { form: 'alphabet', alphabet: form === 'signs' ? alphabet + SIGNS : alphabet, length: count };
}

export const lengthHint = `${String(LENGTH_MIN)} to ${String(LENGTH_MAX)}`;

/** A new secret, from the browser's own randomness. */
export function generate(format: SecretFormat): string {
  return secretFrom(format, crypto.getRandomValues(new Uint8Array(bytesFor(format))));
}
