import type { ContentPort } from '../compile-input.ts';

/** Of all uses of files together: many services may use one file, and each use makes something of it. */
export const USED_BYTES_MAX = 16 * 1024 * 1024;

/** Files of which no more than a budget comes into one compilation, however often each is used. */
export class BoundedFiles implements ContentPort {
  readonly #port: ContentPort;
  #left = USED_BYTES_MAX;

  constructor(port: ContentPort) {
    this.#port = port;
  }

  /** False when that is too much. */
  spend(bytes: number): boolean {
    this.#left -= bytes;
    return this.#left >= 0;
  }

  read(path: string): string | undefined {
    return this.#port.read(path);
  }

  stat(path: string): ReturnType<ContentPort['stat']> {
    return this.#port.stat(path);
  }

  list(path: string): readonly string[] {
    return this.#port.list(path);
  }

  readBytes(path: string): Uint8Array | undefined {
    return this.#port.readBytes?.(path);
  }

  executable(path: string): boolean {
    return this.#port.executable?.(path) === true;
  }
}
