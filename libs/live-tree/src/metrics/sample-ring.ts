/** Samples of the last while, no more than so many; the oldest are forgotten. */
export class SampleRing<T> {
  readonly #samples: { readonly at: number; readonly value: T }[] = [];
  readonly #keptMs: number;
  readonly #max: number;

  constructor(limits: { readonly keptMs: number; readonly max: number }) {
    this.#keptMs = limits.keptMs;
    this.#max = limits.max;
  }

  /** What is no later than the last sample is that sample told again. */
  add(at: number, value: T): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && at <= last.at) return;
    this.#samples.push({ at, value });
    const from = at - this.#keptMs;
    while (this.#samples.length > this.#max || (this.#samples[0]?.at ?? at) < from) this.#samples.shift();
  }

  /** The oldest first. */
  all(): readonly { readonly at: number; readonly value: T }[] {
    return this.#samples;
  }

  get latest(): { readonly at: number; readonly value: T } | undefined {
    return this.#samples.at(-1);
  }
}
