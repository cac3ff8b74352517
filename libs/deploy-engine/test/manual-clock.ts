import { setImmediate } from 'node:timers/promises';
import type { Clock, Timer } from '@ushadow/kubernetes';

interface Waiting {
  readonly at: number;
  readonly resolve: () => void;
}

/** Time that passes only on demand, or when nothing else is left to do. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #waiting: Waiting[] = [];

  now(): number {
    return this.#now;
  }

  timer(ms: number): Timer {
    let entry: Waiting | undefined;
    const elapsed = new Promise<void>((resolve) => {
      entry = { at: this.#now + ms, resolve };
      this.#waiting.push(entry);
    });
    return { elapsed, cancel: () => (this.#waiting = this.#waiting.filter((other) => other !== entry)) };
  }

  /** Jumps from timer to timer until the work is done. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = (): void => void (isDone = true);
    work.then(end, end);
    while (!isDone) {
      for (let turn = 0; turn < 3 && !isDone; turn++) await setImmediate();
      const [next] = [...this.#waiting].sort((a, b) => a.at - b.at);
      if (isDone || next === undefined) continue;
      this.#now = Math.max(this.#now, next.at);
      this.#waiting = this.#waiting.filter((other) => other !== next);
      next.resolve();
    }
    return work;
  }
}
