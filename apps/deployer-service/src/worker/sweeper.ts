import { events } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import { withRequestContext, type Logger } from '@ushadow/observability';
import type { LeaseStore } from './lease.store.ts';

/** How much later than a lease's end its deployment is gone on with. */
const INTERVAL_MS = 500;
const FIRST_SECONDS = INTERVAL_MS / 1_000;
const STEADY_SECONDS = 16;

/** Wakes workers for deployments whose wake-up or worker was lost: the queue can be rebuilt from the table at any time. */
export class Sweeper {
  private readonly parts: { leases: LeaseStore; bus: EventBus; logger: Logger };
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(parts: { leases: LeaseStore; bus: EventBus; logger: Logger }) {
    this.parts = parts;
  }

  start(): void {
    this.timer = setInterval(() => void this.sweepOnce(), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** While the bus or the database is slow, sweeps do not pile up. */
  private async sweepOnce(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    try {
      await this.sweep();
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'could not sweep');
    } finally {
      this.sweeping = false;
    }
  }

  private async sweep(): Promise<void> {
    const { leases, bus, logger } = this.parts;
    for (const { id, actor, requestId, since, seconds } of await leases.abandoned()) {
      const messageId = `${id} ${since} ${String(wakeUp(seconds))}`;
      await withRequestContext({ actor, requestId }, () =>
        bus.store(events.deployRequested, { deployment_id: id }, { messageId }),
      );
      logger.debug({ deploymentId: id, messageId }, 'a worker is woken for an abandoned deployment');
    }
  }
}

/**
 * Which wake-up is due: JetStream stores one of each number, however many sweepers send it. One may go to a worker that
 * has just frozen, so others follow, ever more slowly: no storm while all workers are busy.
 */
export function wakeUp(seconds: number): number {
  const halves = seconds / FIRST_SECONDS;
  return seconds < STEADY_SECONDS
    ? Math.floor(Math.log2(Math.max(1, halves)))
    : Math.floor(seconds / STEADY_SECONDS) + Math.floor(Math.log2(STEADY_SECONDS / FIRST_SECONDS));
}
