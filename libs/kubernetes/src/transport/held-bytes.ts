import { tooLarge } from './answer-limits.ts';

const FIRST_BYTES = 16 * 1024;
const KEPT_BYTES = 1024 * 1024;

/** Bytes that belong together although they come in several chunks, up to a limit. Copied, so that no chunk is kept. */
export class HeldBytes {
  readonly #maxBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Adds the bytes of a chunk from `from` up to, not including, `to`. */
  add(chunk: Uint8Array, from: number, to: number): void {
    if (from >= to) return;
    this.#makeRoom(this.#size + to - from);
    this.#bytes.set(chunk.subarray(from, to), this.#size);
    this.#size += to - from;
  }

  text(): string {
    return this.#bytes.toString('utf8', 0, this.#size);
  }

  /** The text, and then starts anew; room for one great part is not kept for the small ones that follow. */
  take(): string {
    const text = this.text();
    this.#size = 0;
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = Buffer.alloc(0);
    return text;
  }

  #makeRoom(size: number): void {
    if (size > this.#maxBytes) throw tooLarge(`a part of more than ${this.#maxBytes} bytes`);
    if (size <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.min(this.#maxBytes, Math.max(FIRST_BYTES, size, this.#bytes.length * 2)));
    grown.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = grown;
  }
}
