import type { ClusterStatus } from '../check/connection-check.ts';

const MAX_BACK_OFF = 10;
/** How much faster than the schedule a backlog is worked off. */
const CATCH_UP = 2;
const JITTER = 0.2;
/** What "never" means in a column that needs a time. */
const NEVER = new Date('9999-01-01T00:00:00Z');

/** When a cluster is checked again: regularly, spread out by chance, and less often the longer it fails. */
export class CheckSchedule {
  private readonly intervalMs: number;
  private readonly random: () => number;

  constructor(intervalSeconds: number, random: () => number = Math.random) {
    this.intervalMs = intervalSeconds * 1000;
    this.random = random;
  }

  get enabled(): boolean {
    return this.intervalMs > 0;
  }

  /** The share of all clusters that may be begun in this much time. */
  shareOf(milliseconds: number): number {
    return (CATCH_UP * milliseconds) / this.intervalMs;
  }

  next(now: Date, status: ClusterStatus, failedChecks: number): Date {
    if (!this.enabled) return NEVER;
    const factor = status === 'connected' ? 1 : Math.min(2 ** failedChecks, MAX_BACK_OFF);
    const spread = 1 - JITTER + 2 * JITTER * this.random();
    return new Date(now.getTime() + this.intervalMs * factor * spread);
  }
}
