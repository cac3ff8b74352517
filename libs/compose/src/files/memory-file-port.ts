import type { FilePort, FileStat } from './file-port.ts';

/** Files held in memory, by absolute path: for uploads and tests. */
export class MemoryFilePort implements FilePort {
  readonly #files: ReadonlyMap<string, string>;
  readonly #folders: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
    this.#folders = foldersOf(this.#files.keys());
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  stat(path: string): FileStat | undefined {
    const text = this.#files.get(path);
    if (text !== undefined) return { kind: 'file', size: text.length };
    return this.#folders.has(withoutSlash(path)) ? { kind: 'directory', size: 0 } : undefined;
  }

  list(path: string): readonly string[] {
    return [...(this.#folders.get(withoutSlash(path)) ?? [])].sort();
  }
}

function foldersOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths) {
    let name = path;
    for (let slash = name.lastIndexOf('/'); slash >= 0; slash = name.lastIndexOf('/')) {
      const folder = name.slice(0, slash);
      const names = folders.get(folder) ?? new Set();
      names.add(name.slice(slash + 1));
      folders.set(folder, names);
      name = folder;
    }
  }
  return folders;
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
