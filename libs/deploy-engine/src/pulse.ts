import type { Clock } from '@ushadow/kubernetes';

/** Lets one loop sleep until something happened or a time has come, without missing what happens in between. */
export class Pulse {
  readonly #clock: Clock;
  #beaten = false;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  beat(): void {
    this.#beaten = true;
    this.#wake?.();
  }

  async wait(untilMs: number): Promise<void> {
    if (!this.#beaten) {
      const timer = this.#clock.timer(Math.max(0, untilMs - this.#clock.now()));
      await Promise.race([timer.elapsed, new Promise<void>((resolve) => (this.#wake = resolve))]);
      timer.cancel();
      this.#wake = undefined;
    }
    this.#beaten = false;
  }
}
