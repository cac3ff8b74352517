import type { FilePort, FileStat } from '@ushadow/compose';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';

/** Larger files are not read: the loader's own limit is far below, and a service must not be filled up by a symbolic link. */
const READ_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Files as they are on disk. Whatever cannot be read is absent; the loader says where it was named. With `roots`, so is
 * everything outside these folders, wherever a symbolic link may lead.
 */
export class DiskFilePort implements FilePort {
  readonly #roots: readonly string[] | undefined;

  constructor(options: { readonly roots?: readonly string[] } = {}) {
    this.#roots = options.roots?.map((root) => realpathSync(root));
  }

  read(path: string): string | undefined {
    const bytes = this.readBytes(path);
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }

  stat(path: string): FileStat | undefined {
    return this.#attempt(path, (realPath) => {
      const stat = statSync(realPath);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
      return { kind, size: stat.size, realPath };
    });
  }

  readBytes(path: string): Uint8Array | undefined {
    return this.#attempt(path, (realPath) => {
      const stat = statSync(realPath);
      return stat.isFile() && stat.size <= READ_BYTES_MAX ? readFileSync(realPath) : undefined;
    });
  }

  /** Whether the owner may run it; the mode of a mounted file follows from it. */
  executable(path: string): boolean {
    return this.#attempt(path, (realPath) => (statSync(realPath).mode & 0o100) !== 0) ?? false;
  }

  list(path: string): readonly string[] {
    return this.#attempt(path, (realPath) => readdirSync(realPath).sort()) ?? [];
  }

  #attempt<T>(path: string, read: (realPath: string) => T | undefined): T | undefined {
    try {
      const realPath = realpathSync(path);
      return this.#mayRead(realPath) ? read(realPath) : undefined;
    } catch {
      return undefined;
    }
  }

  #mayRead(realPath: string): boolean {
    return this.#roots?.some((root) => realPath === root || realPath.startsWith(root + sep)) ?? true;
  }
}
