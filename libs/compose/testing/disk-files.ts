import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { FilePort } from '../src/files/file-port.ts';

/** The real file system, for tests. */
export const diskFiles: FilePort = {
  read: (path) => attempt(() => readFileSync(path, 'utf8')),
  stat: (path) =>
    attempt(() => {
      const stat = statSync(path);
      const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
      return { kind, size: stat.size, realPath: realpathSync(path) };
    }),
  list: (path) => attempt(() => readdirSync(path)) ?? [],
};

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
