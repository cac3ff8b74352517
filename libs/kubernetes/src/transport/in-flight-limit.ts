/** At most N calls at once; fewer for a while after the server asked us to slow down. */
export class InFlightLimit {
  #max: number;
  #allowed: number;
  #running = 0;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(max: number) {
    this.#max = max;
    this.#allowed = max;
  }

  /** Somebody would have to wait. */
  get isFull(): boolean {
    return this.#running >= this.allowed;
  }

  get allowed(): number {
    return Math.max(1, Math.floor(this.#allowed));
  }

  /** @param signal ends the wait for a turn; throws its reason then */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#wake();
    }
  }

  /** There is room for more, or for fewer, than before. What has slowed down stays so until it speeds up. */
  resize(max: number): void {
    this.#allowed = this.#allowed === this.#max ? max : Math.min(this.#allowed, max);
    this.#max = max;
    this.#wake();
  }

  /** The server throttles: halve. */
  slowDown(): void {
    this.#allowed = Math.max(1, this.#allowed / 2);
  }

  /** A call went well: a full round of them gives one place back. */
  speedUp(): void {
    this.#allowed = Math.min(this.#max, this.#allowed + 1 / this.#allowed);
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (!this.isFull) {
      this.#running += 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const giveUp = (): void => {
      this.#waiting.delete(turn.resolve);
      turn.reject(signal?.reason as Error);
    };
    this.#waiting.add(turn.resolve);
    signal?.addEventListener('abort', giveUp, { once: true });
    await turn.promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  /** Who waits is given the place of the one who leaves, so that nobody slips in between. */
  #wake(): void {
    for (const next of this.#waiting) {
      if (this.isFull) return;
      this.#waiting.delete(next);
      this.#running += 1;
      next();
    }
  }
}
