import type { FilePort, FileStat } from './file-port.ts';

/** Files held in memory, by absolute path: for uploads and tests. */
export class MemoryFilePort implements FilePort {
  readonly #files: ReadonlyMap<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  read(path: string): string | undefined {
    return this.#files.get(path);
  }

  stat(path: string): FileStat | undefined {
    const text = this.#files.get(path);
    if (text !== undefined) return { kind: 'file', size: text.length };
    return this.list(path).length > 0 ? { kind: 'directory', size: 0 } : undefined;
  }

  list(path: string): readonly string[] {
    const prefix = path.endsWith('/') ? path : `${path}/`;
    const names = new Set<string>();
    for (const file of this.#files.keys()) {
      const [name] = file.startsWith(prefix) ? file.slice(prefix.length).split('/') : [];
      if (name) names.add(name);
    }
    return [...names].sort();
  }
}
