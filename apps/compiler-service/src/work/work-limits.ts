/** What one task may cost. */
export interface WorkLimits {
  /** Of processor time: how busy the machine is otherwise does not count. */
  readonly cpuSeconds: number;
  /** On the clock, for what does not end and needs no processor. */
  readonly seconds: number;
  readonly megabytes: number;
  /** Tasks at once. */
  readonly workers: number;
  /** Tasks that wait, without those of lists; more are refused. */
  readonly waiting: number;
}

/** A large project of a thousand services takes about a second. */
export const DEFAULT_WORK_LIMITS: WorkLimits = {
  cpuSeconds: 5,
  seconds: 60,
  megabytes: 256,
  workers: 2,
  waiting: 100,
};
