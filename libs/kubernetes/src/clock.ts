export interface Timer {
  /** Resolves when the time has passed; stays pending for ever once cancelled. */
  readonly elapsed: Promise<void>;
  cancel(): void;
}

/** Time as an argument, so that waiting code is deterministic under test. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  timer(ms: number): Timer;
}
