import type { CancelSignal } from '@ushadow/kubernetes';
import type { EndRequest } from '../../deployments/deployment.ts';
import type { Lease, LeaseStore } from './lease.store.ts';

export interface LeaseKeeperOptions {
  readonly store: LeaseStore;
  readonly lease: Lease;
  readonly leaseSeconds: number;
  /** `performance.now()` from before the lease was asked for: it lasts at least from then. */
  readonly since: number;
  readonly onEnding: (ending: EndRequest) => void;
}

/**
 * Renews a lease until stopped, and is the signal that the work must not go on. It fences itself: once the lease might
 * be over it counts as aborted, whatever the database does and also when this process stood still meanwhile. The margin
 * covers what is on its way to the cluster at that moment.
 */
export class LeaseKeeper implements CancelSignal {
  private readonly options: LeaseKeeperOptions;
  private readonly leaseMs: number;
  private readonly listeners = new Set<() => void>();
  private readonly renewals: NodeJS.Timeout;
  private fence: NodeJS.Timeout | undefined;
  private fenceAt = 0;
  private lost = false;
  private renewing: Promise<void> | undefined;

  constructor(options: LeaseKeeperOptions) {
    this.options = options;
    this.leaseMs = options.leaseSeconds * 1000;
    this.moveFence(options.since);
    this.renewals = setInterval(() => void this.renew(), this.leaseMs / 3);
  }

  get aborted(): boolean {
    return this.lost || performance.now() >= this.fenceAt;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  stop(): void {
    clearInterval(this.renewals);
    clearTimeout(this.fence);
  }

  /** Renews now, and learns what is asked for meanwhile. */
  renew(): Promise<void> {
    this.renewing ??= this.askAgain().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  /** A renewal under way may have missed what was asked for since it began. */
  async renewAnew(): Promise<void> {
    await this.renewing;
    await this.renew();
  }

  private async askAgain(): Promise<void> {
    const { store, lease, onEnding } = this.options;
    const askedAt = performance.now();
    try {
      const answer = await store.renew(lease);
      // An answer that comes too late brings nothing back: a lease that was said to be over stays over.
      if (answer === undefined || this.aborted) this.abort();
      else this.moveFence(askedAt);
      if (answer?.ending) onEnding(answer.ending);
    } catch {
      // The database is away: the fence holds on while the lease surely lasts.
    }
  }

  private moveFence(since: number): void {
    const margin = Math.max(MARGIN_MIN_MS, this.leaseMs * MARGIN_SHARE);
    this.fenceAt = since + this.leaseMs - margin;
    clearTimeout(this.fence);
    this.fence = setTimeout(() => this.abort(), Math.max(0, this.fenceAt - performance.now()));
  }

  private abort(): void {
    if (this.lost) return;
    this.lost = true;
    this.stop();
    for (const listener of this.listeners) listener();
  }
}

const MARGIN_SHARE = 0.2;
const MARGIN_MIN_MS = 500;
