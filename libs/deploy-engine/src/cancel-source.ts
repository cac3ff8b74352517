import type { CancelSignal } from '@ushadow/kubernetes';

/** A CancelSignal of our own that also follows others. */
export class CancelSource implements CancelSignal {
  readonly #listeners = new Set<() => void>();
  readonly #followed: readonly CancelSignal[];
  #aborted = false;

  constructor(...followed: readonly (CancelSignal | undefined)[]) {
    this.#followed = followed.filter((signal) => signal !== undefined);
    if (this.#followed.some(({ aborted }) => aborted)) this.#aborted = true;
    else for (const signal of this.#followed) signal.addEventListener('abort', this.cancel, { once: true });
  }

  /** A followed signal may have come true before it could notify, as after the process stood still. */
  get aborted(): boolean {
    return this.#aborted || this.#followed.some(({ aborted }) => aborted);
  }

  readonly cancel = (): void => {
    for (const signal of this.#followed) signal.removeEventListener('abort', this.cancel);
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
