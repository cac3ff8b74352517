/** A health check with Docker's meaning. Times are in seconds and may be fractions. */
export interface HealthCheck {
  /** `none` switches the image's own check off; `timing` gives no test of its own. */
  readonly kind: 'exec' | 'shell' | 'none' | 'timing';
  readonly command: readonly string[];
  readonly interval: number | undefined;
  readonly timeout: number | undefined;
  readonly retries: number | undefined;
  readonly startPeriod: number | undefined;
  readonly startInterval: number | undefined;
  readonly path: string;
}
