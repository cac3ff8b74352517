import type { ContentPort } from '@ushadow/compiler';
import { MemoryFilePort, type FileStat } from '@ushadow/compose';
import type { ProjectFile } from './upload.ts';

/** An upload's files as the loader and the compiler read them; they never touch a disk. */
export class UploadFilePort implements ContentPort {
  readonly #texts: MemoryFilePort;
  readonly #files: ReadonlyMap<string, ProjectFile>;

  constructor(root: string, files: readonly ProjectFile[]) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    this.#files = new Map(files.map((file) => [`${root}/${file.path}`, file]));
    this.#texts = new MemoryFilePort(
      Object.fromEntries([...this.#files].map(([path, file]) => [path, decoder.decode(file.content)])),
    );
  }

  read(path: string): string | undefined {
    return this.#texts.read(path);
  }

  stat(path: string): FileStat | undefined {
    const file = this.#files.get(path);
    return file === undefined ? this.#texts.stat(path) : { kind: 'file', size: file.content.length };
  }

  list(path: string): readonly string[] {
    return this.#texts.list(path);
  }

  readBytes(path: string): Uint8Array | undefined {
    return this.#files.get(path)?.content;
  }

  executable(path: string): boolean {
    return this.#files.get(path)?.executable ?? false;
  }
}
