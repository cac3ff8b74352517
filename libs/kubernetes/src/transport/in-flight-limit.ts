/** At most N calls at once; fewer for a while after the server asked us to slow down. */
export class InFlightLimit {
  #max: number;
  #allowed: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

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

  async run<T>(work: () => Promise<T>): Promise<T> {
    // Who waits is given the place of the one who leaves, so that nobody slips in between.
    if (this.isFull) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
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

  #wake(): void {
    while (this.#running < this.allowed) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running += 1;
      next();
    }
  }
}
