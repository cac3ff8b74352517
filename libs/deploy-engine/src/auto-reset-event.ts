import type { Clock } from '@ushadow/kubernetes';

/** Lets one loop sleep until something happened or a time has come, without missing what happens in between. */
export class AutoResetEvent {
  readonly #clock: Clock;
  #isSet = false;
  #resume: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(): void {
    this.#isSet = true;
    this.#resume?.();
  }

  async wait(untilMs: number): Promise<void> {
    if (!this.#isSet) {
      const timer = this.#clock.timer(Math.max(0, untilMs - this.#clock.now()));
      await Promise.race([timer.elapsed, new Promise<void>((resolve) => (this.#resume = resolve))]);
      timer.cancel();
      this.#resume = undefined;
    }
    this.#isSet = false;
  }
}
