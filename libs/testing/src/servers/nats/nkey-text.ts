/** First byte of each kind, so that the text begins with U or X; of seeds with S before it. */
const PREFIX = { user: 20 << 3, curve: 23 << 3 } as const;
const SEED = 18 << 3;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A public key as NATS writes it. */
export function nkeyText(kind: keyof typeof PREFIX, bytes: Uint8Array): string {
  return checked([PREFIX[kind], ...bytes]);
}

/** A seed as NATS writes it: the kind spreads over two bytes. */
export function seedText(kind: keyof typeof PREFIX, bytes: Uint8Array): string {
  return checked([SEED | (PREFIX[kind] >> 5), (PREFIX[kind] & 31) << 3, ...bytes]);
}

function checked(bytes: readonly number[]): string {
  const sum = crc16(bytes);
  return base32([...bytes, sum & 0xff, sum >> 8]);
}

/** CRC-16/XMODEM. */
function crc16(bytes: readonly number[]): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}

/** RFC 4648 without padding. */
function base32(bytes: readonly number[]): string {
  let [held, bits, text] = [0, 0, ''];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 31];
}
