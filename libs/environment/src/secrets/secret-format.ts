/** How a secret is written. Lengths are those of the text for an alphabet, and of the random bytes for the others. */
export type SecretFormat =
  | { readonly form: 'alphabet'; readonly alphabet: string; readonly length: number }
  | { readonly form: 'base64'; readonly bytes: number }
  | { readonly form: 'hex'; readonly bytes: number }
  | { readonly form: 'uuid' };

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Formats that programs ask for, the usual one first. */
export const secretFormats = {
  password: { form: 'alphabet', alphabet: LETTERS_AND_DIGITS, length: 32 },
  hex: { form: 'hex', bytes: 32 },
  base64: { form: 'base64', bytes: 32 },
  uuid: { form: 'uuid' },
} as const satisfies Readonly<Record<string, SecretFormat>>;

const UUID_BYTES = 16;

/** How many random bytes `secretFrom` is to be given. */
export function bytesFor(format: SecretFormat): number {
  if (format.form === 'uuid') return UUID_BYTES;
  if (format.form !== 'alphabet') return format.bytes;
  const { alphabet, length } = format;
  // Some bytes are passed over; with twice what is expected, and some more, they do not run out.
  return Math.ceil((length * 256 * 2) / limitOf(alphabet)) + 64;
}

/** The secret that these random bytes make. No character is likelier than another. Throws RangeError when they run out. */
export function secretFrom(format: SecretFormat, random: Uint8Array): string {
  switch (format.form) {
    case 'alphabet':
      return fromAlphabet(format.alphabet, format.length, random);
    case 'hex':
      return hex(take(random, format.bytes));
    case 'base64':
      return base64(take(random, format.bytes));
    case 'uuid':
      return uuid(take(random, UUID_BYTES));
  }
}

/** Bytes from here on would make the first characters likelier. */
function limitOf(alphabet: string): number {
  const { length } = alphabet;
  if (length < 2 || length > 256) throw new RangeError('an alphabet has 2 to 256 characters');
  return 256 - (256 % length);
}

function fromAlphabet(alphabet: string, length: number, random: Uint8Array): string {
  const limit = limitOf(alphabet);
  const fair = [...random].filter((byte) => byte < limit);
  return [...take(fair, length)].map((byte) => alphabet[byte % alphabet.length] ?? '').join('');
}

function take(bytes: Uint8Array | readonly number[], count: number): Uint8Array {
  if (bytes.length < count) throw new RangeError('not enough random bytes');
  return Uint8Array.from(bytes.slice(0, count));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const BASE64 = `${LETTERS_AND_DIGITS}+/`;

function base64(bytes: Uint8Array): string {
  const groups = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) => [
    ...bytes.slice(index * 3, index * 3 + 3),
  ]);
  return groups
    .map(([a = 0, b = 0, c = 0], index) => {
      const bits = (a << 16) | (b << 8) | c;
      const text = [18, 12, 6, 0].map((shift) => BASE64[(bits >> shift) & 63] ?? '').join('');
      const present = Math.min(3, bytes.length - index * 3);
      return text.slice(0, present + 1).padEnd(4, '=');
    })
    .join('');
}

/** Version 4, of RFC 9562. */
function uuid(bytes: Uint8Array): string {
  const marked = bytes.map((byte, index) =>
    index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte,
  );
  const text = hex(marked);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}
