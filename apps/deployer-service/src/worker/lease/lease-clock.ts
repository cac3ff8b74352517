import type { Clock } from '@ushadow/kubernetes';
import { systemClock } from '@ushadow/kubernetes/transport';
import type { Lease } from './lease.store.ts';

/**
 * Postgres' time, carried on by this process: deadlines count across workers whose clocks differ.
 *
 * @param since `performance.now()` when the lease was given
 */
export function leaseClock({ takenAt }: Lease, since: number): Clock {
  const offset = takenAt.getTime() - since;
  return { ...systemClock, now: () => Math.floor(offset + performance.now()) };
}
