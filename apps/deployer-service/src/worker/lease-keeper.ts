import type { Lease, LeaseStore } from './lease.store.ts';

/** Renews a lease until stopped, and aborts the work when the lease is lost or could not be renewed in time. */
export class LeaseKeeper {
  private readonly store: LeaseStore;
  private readonly lease: Lease;
  private readonly lost = new AbortController();
  private readonly leaseMs: number;
  private readonly timer: NodeJS.Timeout;
  private renewedAt = performance.now();

  constructor(store: LeaseStore, lease: Lease, leaseSeconds: number) {
    this.store = store;
    this.lease = lease;
    this.leaseMs = leaseSeconds * 1000;
    this.timer = setInterval(() => void this.renew(), this.leaseMs / 3);
  }

  /** Aborted once this worker must not touch the cluster any more. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async renew(): Promise<void> {
    try {
      if (await this.store.renew(this.lease)) this.renewedAt = performance.now();
      else this.lost.abort();
    } catch {
      // The database is away: hold on while the lease surely lasts, then let go before another worker takes over.
      if (performance.now() - this.renewedAt > this.leaseMs * 0.8) this.lost.abort();
    }
  }
}
