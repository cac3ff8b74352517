import type { Clock } from '@ushadow/kubernetes';

/** Lets one loop sleep until something happened or a time has come, without missing what happens in between. */
export class WakeSignal {
  readonly #clock: Clock;
  #notified = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  notify(): void {
    this.#notified = true;
    this.#wake?.();
  }

  async wait(untilMs: number): Promise<void> {
    if (!this.#notified) {
      const timer = this.#clock.timer(Math.max(0, untilMs - this.#clock.now()));
      await Promise.race([timer.elapsed, new Promise<void>((resolve) => (this.#wake = resolve))]);
      timer.cancel();
      this.#wake = undefined;
    }
    this.#notified = false;
  }
}
