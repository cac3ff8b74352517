import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { AuditEntry } from '@ushadow/testing';

/** Reads an API server's audit log as it grows, over its rotations. */
export class AuditTail {
  readonly #path: string;
  #offset = 0;
  #inode = 0;
  #rest = '';

  constructor(path: string) {
    this.#path = path;
  }

  /** Passes over what is there already. */
  async skip(): Promise<void> {
    const { size, ino } = await stat(this.#path);
    this.#offset = size;
    this.#inode = ino;
    this.#rest = '';
  }

  /** What has been logged since the last call, of the lines that may be of interest. */
  async read(mayMatter: (line: string) => boolean): Promise<AuditEntry[]> {
    const { ino } = await stat(this.#path);
    const text = ino === this.#inode ? await this.#from(this.#path) : await this.#acrossRotation(ino);
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter(mayMatter).map((line) => JSON.parse(line) as AuditEntry);
  }

  async #acrossRotation(inode: number): Promise<string> {
    const folder = dirname(this.#path);
    const prefix = basename(this.#path, '.log');
    const names = (await readdir(folder)).filter((name) => name.startsWith(`${prefix}-`)).sort();
    const old = names.at(-1);
    const before = old === undefined ? '' : await this.#from(join(folder, old));
    this.#offset = 0;
    this.#inode = inode;
    return before + (await this.#from(this.#path));
  }

  async #from(path: string): Promise<string> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const { buffer, bytesRead } = await file.read({
        buffer: Buffer.alloc(Math.max(0, size - this.#offset)),
        position: this.#offset,
      });
      this.#offset += bytesRead;
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
