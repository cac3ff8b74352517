import { MemoryFilePort, type FilePort, type FileStat } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';

/** Files of a template, and of this disk those alone that the command line names: a template reads nothing here. */
export class TemplateFilePort implements FilePort {
  private readonly memory: MemoryFilePort;
  private readonly disk = new DiskFilePort();
  private readonly named: ReadonlySet<string>;

  constructor(texts: ReadonlyMap<string, string>, named: readonly string[]) {
    this.memory = new MemoryFilePort(Object.fromEntries(texts));
    this.named = new Set(named);
  }

  read(path: string): string | undefined {
    return this.memory.read(path) ?? (this.named.has(path) ? this.disk.read(path) : undefined);
  }

  stat(path: string): FileStat | undefined {
    return this.memory.stat(path) ?? (this.named.has(path) ? this.disk.stat(path) : undefined);
  }

  list(path: string): readonly string[] {
    return this.memory.list(path);
  }

  executable(path: string): boolean {
    return isScript(this.memory.read(path));
  }
}

/** A template has no modes; what begins like a script is one. */
export function isScript(text: string | undefined): boolean {
  return text?.startsWith('#!') === true;
}
