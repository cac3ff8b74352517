/** A line as it came, without its end. */
export interface RawLine {
  readonly bytes: Uint8Array;
  /** So many bytes of it are left out. */
  readonly cut: number;
}

export const LINE_MAX_BYTES = 1024 * 1024;
const LINE_END = 0x0a;
const EMPTY = new Uint8Array(0);

/** Takes chunks as they come, and gives the lines that are whole. Of a line it holds no more than the longest may have. */
export class LineSplitter {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #held = 0;
  #cut = 0;

  constructor(maxBytes = LINE_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): RawLine[] {
    const lines: RawLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      this.#hold(chunk.subarray(from, end));
      lines.push(this.#take());
      from = end + 1;
    }
    // What is held outlives the chunk it came in.
    if (from < chunk.length) this.#hold(chunk.slice(from));
    return lines;
  }

  /** The last line, where it has no end. */
  end(): RawLine | undefined {
    return this.#held + this.#cut === 0 ? undefined : this.#take();
  }

  #hold(part: Uint8Array): void {
    const room = this.#maxBytes - this.#held;
    const kept = part.length <= room ? part : part.subarray(0, room);
    if (kept.length > 0) this.#parts.push(kept);
    this.#held += kept.length;
    this.#cut += part.length - kept.length;
  }

  #take(): RawLine {
    const [first = EMPTY] = this.#parts;
    const line = { bytes: this.#parts.length < 2 ? first : joined(this.#parts, this.#held), cut: this.#cut };
    [this.#parts, this.#held, this.#cut] = [[], 0, 0];
    return line;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
