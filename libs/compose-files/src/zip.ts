import { crc32, deflateRawSync } from 'node:zlib';

export interface ZippedFile {
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** Version 2.0 of the format, made by Unix, so that modes are read. */
const MADE_BY = 0x0314;
const REGULAR = 0o100000;
/** 1980-01-01, where the format's time begins: the same files make the same archive. */
const DATE = 0x0021;

/** A zip archive that keeps which files may be run. */
export function zip(files: readonly ZippedFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content, executable } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    const common = commonFields(content, packed.length, name.length);
    const local = Buffer.concat([uint32(0x04034b50), common, uint16(0), name, packed]);
    const mode = REGULAR | (executable ? 0o755 : 0o644);
    directory.push(
      Buffer.concat([
        ...[uint32(0x02014b50), uint16(MADE_BY), common, uint16(0), uint16(0), uint16(0), uint16(0)],
        ...[uint32(mode * 0x10000), uint32(offset), name],
      ]),
    );
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const counts = [uint16(0), uint16(0), uint16(files.length), uint16(files.length)];
  return Buffer.concat([
    ...parts,
    ...directory,
    uint32(0x06054b50),
    ...counts,
    uint32(size),
    uint32(offset),
    uint16(0),
  ]);
}

/** Version, flags, method, time, date, checksum, both sizes and the name's length: as both headers have them. */
function commonFields(content: Uint8Array, packed: number, nameLength: number): Buffer {
  const words = [20, UTF8_NAMES, DEFLATED, 0, DATE].map(uint16);
  return Buffer.concat([...words, uint32(crc32(content)), uint32(packed), uint32(content.length), uint16(nameLength)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
