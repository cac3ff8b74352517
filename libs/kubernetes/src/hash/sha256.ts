import { utf8Bytes } from './utf8.ts';

/** SHA-256 (FIPS 180-4) in plain TypeScript, for code that runs without Node built-ins. */
export function sha256Bytes(message: Uint8Array): Uint8Array {
  const state = Uint32Array.from(INITIAL);
  const padded = pad(message);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < padded.length; offset += 64) compress(state, padded, offset, schedule);
  const digest = new Uint8Array(32);
  const view = new DataView(digest.buffer);
  state.forEach((word, index) => view.setUint32(index * 4, word));
  return digest;
}

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return toHex(sha256Bytes(utf8Bytes(text)));
}

/** HMAC-SHA-256 (RFC 2104), lower-case hex: a digest of a secret that cannot be guessed at without the key. */
export function hmacSha256Hex(key: string, text: string): string {
  const block = new Uint8Array(64);
  const keyBytes = utf8Bytes(key);
  block.set(keyBytes.length > 64 ? sha256Bytes(keyBytes) : keyBytes);
  const inner = sha256Bytes(
    concat(
      block.map((byte) => byte ^ 0x36),
      utf8Bytes(text),
    ),
  );
  return toHex(
    sha256Bytes(
      concat(
        block.map((byte) => byte ^ 0x5c),
        inner,
      ),
    ),
  );
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte] ?? '';
  return hex;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function pad(message: Uint8Array): Uint8Array {
  const length = Math.ceil((message.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(message.length / 0x20000000));
  view.setUint32(length - 4, (message.length << 3) >>> 0);
  return padded;
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const at = (words: ArrayLike<number>, index: number): number => words[index] ?? 0;

function expand(schedule: Uint32Array, block: Uint8Array, offset: number): void {
  const view = new DataView(block.buffer);
  for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(offset + i * 4);
  for (let i = 16; i < 64; i++) {
    const w15 = at(schedule, i - 15);
    const w2 = at(schedule, i - 2);
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[i] = at(schedule, i - 16) + s0 + at(schedule, i - 7) + s1;
  }
}

function compress(state: Uint32Array, block: Uint8Array, offset: number, schedule: Uint32Array): void {
  expand(schedule, block, offset);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(ROUND, i) + at(schedule, i)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    // One by one: a list of all eight each time is most of the time this takes.
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (at(state, index) + word) | 0;
  });
}

/** First 32 bits of the fractional part of a root of a prime, as the standard defines its constants. */
function rootBits(prime: number, root: (value: number) => number): number {
  const value = root(prime);
  return ((value - Math.floor(value)) * 0x100000000) >>> 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

const INITIAL = firstPrimes(8).map((prime) => rootBits(prime, Math.sqrt));
const ROUND = firstPrimes(64).map((prime) => rootBits(prime, Math.cbrt));
