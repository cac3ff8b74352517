import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { ContentPort } from '../../src/compile-input.ts';

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function kindOf(path: string): { kind: 'file' | 'directory' | 'other'; size: number; realPath: string } {
  const stat = statSync(path);
  return {
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other',
    size: stat.size,
    realPath: realpathSync(path),
  };
}

/** The files of this machine, for the loader and the compiler. */
export const diskFiles: ContentPort = {
  read: (path) => quietly(() => readFileSync(path, 'utf8')),
  readBytes: (path) => quietly(() => new Uint8Array(readFileSync(path))),
  list: (path) => quietly(() => readdirSync(path).sort()) ?? [],
  executable: (path) => quietly(() => (statSync(path).mode & 0o111) !== 0) ?? false,
  stat: (path) => quietly(() => kindOf(path)),
};
