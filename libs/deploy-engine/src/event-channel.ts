/** Carries values from code that pushes to one consumer that iterates; what came while it was busy, it gets together. */
export class EventChannel<T> {
  #held: T[] = [];
  readonly #waiting: (() => void)[] = [];
  #wake: (() => void) | undefined;
  #idle = false;
  #closed = false;

  push(value: T): void {
    this.#idle = false;
    this.#held.push(value);
    this.#wake?.();
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  /** Resolves when the consumer has asked for more after the last value pushed so far: it has dealt with all of them. */
  async handled(): Promise<void> {
    if (!this.#idle) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async *drain(): AsyncGenerator<readonly T[], void, undefined> {
    for (;;) {
      while (this.#held.length > 0) {
        const batch = this.#held;
        this.#held = [];
        yield batch;
      }
      this.#idle = true;
      for (const resolve of this.#waiting.splice(0)) resolve();
      if (this.#closed) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = undefined;
    }
  }
}
