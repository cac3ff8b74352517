import type { CancelSignal } from '@ushadow/kubernetes';

/** A CancelSignal of our own that also follows an outer one. */
export class CancelSource implements CancelSignal {
  readonly #listeners = new Set<() => void>();
  #aborted = false;

  readonly #outer: CancelSignal | undefined;

  constructor(outer?: CancelSignal) {
    this.#outer = outer;
    if (outer?.aborted === true) this.#aborted = true;
    else outer?.addEventListener('abort', this.cancel, { once: true });
  }

  /** The outer signal may have come true before it could tell, as after the process stood still. */
  get aborted(): boolean {
    return this.#aborted || this.#outer?.aborted === true;
  }

  readonly cancel = (): void => {
    this.#outer?.removeEventListener('abort', this.cancel);
    if (this.#aborted) return;
    this.#aborted = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  };

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
