import type { FilePort, FileStat } from '@ushadow/compose';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';

/** Larger files are not read: the loader's own limit is far below, and a service must not be filled up by a symbolic link. */
const READ_BYTES_MAX = 16 * 1024 * 1024;

/** Files as they are on disk. Whatever cannot be read is absent; the loader says where it was named. */
export class DiskFilePort implements FilePort {
  read(path: string): string | undefined {
    const bytes = this.readBytes(path);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  stat(path: string): FileStat | undefined {
    return attempt(() => {
      const stat = statSync(path);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
      return { kind, size: stat.size, realPath: realpathSync(path) };
    });
  }

  readBytes(path: string): Uint8Array | undefined {
    return attempt(() => {
      const stat = statSync(path);
      return stat.isFile() && stat.size <= READ_BYTES_MAX ? readFileSync(path) : undefined;
    });
  }

  /** Whether the owner may run it; the mode of a mounted file follows from it. */
  executable(path: string): boolean {
    return attempt(() => (statSync(path).mode & 0o100) !== 0) ?? false;
  }

  list(path: string): readonly string[] {
    return attempt(() => readdirSync(path).sort()) ?? [];
  }
}

function attempt<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
