import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/** A zip archive of these texts by path, not compressed. */
export function zipOf(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).map(([path, text]) => ({ name: Buffer.from(path), data: Buffer.from(text) }));
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    // Versions, flags, method, time and date are zero: stored, with no date.
    const sizes = [crc32(data), data.length, data.length];
    const local = Buffer.concat([words(LOCAL), Buffer.alloc(10), words(...sizes), shorts(name.length, 0), name, data]);
    centrals.push(
      Buffer.concat([
        words(CENTRAL),
        Buffer.alloc(12),
        words(...sizes),
        shorts(name.length, 0, 0, 0, 0),
        words(0, offset),
        name,
      ]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const count = entries.length;
  const end = [words(END), shorts(0, 0, count, count), words(central.length, offset), shorts(0)];
  return Buffer.concat([...locals, central, ...end]);
}

function words(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => buffer.writeUInt32LE(value >>> 0, 4 * index));
  return buffer;
}

function shorts(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => buffer.writeUInt16LE(value, 2 * index));
  return buffer;
}
