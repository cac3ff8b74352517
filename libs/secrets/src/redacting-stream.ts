import type { Redactor } from './redactor.ts';

const MAX_PENDING_CHARS = 64 * 1024;
/** Kept back of a line without end even when no known value is that long: room for a token or a URL. */
const MIN_KEPT_CHARS = 512;
const OPEN_PEM = /-----BEGIN [A-Z0-9 ]+-----(?![\s\S]*-----END [A-Z0-9 ]+-----)/;

/**
 * Masks a stream of text chunks. Whole lines come out as soon as they end, so that a secret cut in two by a chunk
 * border is still seen; of a line that does not end, as much is kept back as the longest secret needs.
 */
export class RedactingStream {
  readonly #redactor: Redactor;
  #pending = '';

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Gives the masked text that is safe to show now; maybe empty. */
  push(chunk: string): string {
    this.#pending += chunk;
    if (this.#pending.length > MAX_PENDING_CHARS) return this.#takeMasked();
    const lineEnd = this.#pending.lastIndexOf('\n') + 1;
    const pemStart = this.#pending.slice(0, lineEnd).search(OPEN_PEM);
    return this.#take(pemStart < 0 ? lineEnd : pemStart);
  }

  /** The rest, once the stream has ended. */
  flush(): string {
    return this.#take(this.#pending.length);
  }

  #take(chars: number): string {
    const ready = this.#pending.slice(0, chars);
    this.#pending = this.#pending.slice(chars);
    return this.#redactor.text(ready);
  }

  /** Masks first and cuts then: a secret that is already whole cannot be halved by the cut. */
  #takeMasked(): string {
    const masked = this.#redactor.text(this.#pending);
    const keep = Math.min(masked.length, Math.max(this.#redactor.longestForm, MIN_KEPT_CHARS));
    this.#pending = masked.slice(masked.length - keep);
    return masked.slice(0, masked.length - keep);
  }
}
