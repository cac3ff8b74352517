import type { CancelSignal } from '@ushadow/kubernetes';

/** A CancelSignal of our own that also follows outer ones. */
export class CancelSource implements CancelSignal {
  readonly #listeners = new Set<() => void>();
  readonly #outer: readonly CancelSignal[];
  #aborted = false;

  constructor(...outer: readonly (CancelSignal | undefined)[]) {
    this.#outer = outer.filter((signal) => signal !== undefined);
    if (this.#outer.some(({ aborted }) => aborted)) this.#aborted = true;
    else for (const signal of this.#outer) signal.addEventListener('abort', this.cancel, { once: true });
  }

  /** An outer signal may have come true before it could tell, as after the process stood still. */
  get aborted(): boolean {
    return this.#aborted || this.#outer.some(({ aborted }) => aborted);
  }

  readonly cancel = (): void => {
    for (const signal of this.#outer) signal.removeEventListener('abort', this.cancel);
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
