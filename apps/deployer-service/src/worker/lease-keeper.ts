import type { CancelSignal } from '@ushadow/kubernetes';
import type { Lease, LeaseStore } from './lease.store.ts';

/** Of a lease's time, what a worker uses; the rest is for calls that are on their way. */
const USED = 0.8;

/**
 * Renews a lease until stopped, and aborts the work when the lease is lost or could not be renewed in time: by this
 * process's own monotonic clock, counted from before each renewal was asked for.
 */
export class LeaseKeeper {
  private readonly store: LeaseStore;
  private readonly lease: Lease;
  private readonly lost = new AbortController();
  private readonly leaseMs: number;
  private readonly timer: NodeJS.Timeout;
  private expiry: NodeJS.Timeout | undefined;
  private heldUntil = 0;
  private renewing = false;

  /** @param askedAt `performance.now()` before the lease was asked for */
  constructor(store: LeaseStore, lease: Lease, leaseSeconds: number, askedAt: number) {
    this.store = store;
    this.lease = lease;
    this.leaseMs = leaseSeconds * 1000;
    this.timer = setInterval(() => void this.renew(), this.leaseMs / 3);
    this.extend(askedAt);
  }

  /** Aborted once this worker must not touch the cluster any more. */
  get signal(): AbortSignal {
    return this.lost.signal;
  }

  /** The same signal, looked at before each call: a process that stood still has had no timer, but knows the time. */
  guard(signal: AbortSignal): CancelSignal {
    const check = (): void => {
      this.check();
    };
    return {
      get aborted() {
        check();
        return signal.aborted;
      },
      addEventListener: (type, listener, options) => {
        signal.addEventListener(type, listener, options);
      },
      removeEventListener: (type, listener) => {
        signal.removeEventListener(type, listener);
      },
    };
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.expiry);
  }

  private check(): void {
    if (performance.now() >= this.heldUntil) this.lost.abort();
  }

  private extend(askedAt: number): void {
    this.heldUntil = askedAt + this.leaseMs * USED;
    clearTimeout(this.expiry);
    this.expiry = setTimeout(
      () => {
        this.check();
      },
      Math.max(0, this.heldUntil - performance.now()) + 1,
    );
  }

  private async renew(): Promise<void> {
    this.check();
    if (this.renewing || this.lost.signal.aborted) return;
    this.renewing = true;
    const askedAt = performance.now();
    try {
      if (await this.store.renew(this.lease)) this.extend(askedAt);
      else this.lost.abort();
    } catch {
      // The database is away: hold on while the lease surely lasts.
    } finally {
      this.renewing = false;
    }
  }
}
