import { events } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';
import { withRequestContext, type Logger } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import type { LeaseStore } from './lease.store.ts';

/** Wakes workers for deployments whose wake-up or worker was lost: the queue can be rebuilt from the table at any time. */
export class Sweeper {
  private readonly parts: { leases: LeaseStore; bus: EventBus; logger: Logger; intervalMs: number };
  private timer: NodeJS.Timeout | undefined;

  constructor(parts: { leases: LeaseStore; bus: EventBus; logger: Logger; intervalMs: number }) {
    this.parts = parts;
  }

  start(): void {
    this.timer = setInterval(() => void this.sweep(), this.parts.intervalMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async sweep(): Promise<void> {
    const { leases, bus, logger } = this.parts;
    try {
      for (const { id, actor, requestId } of await leases.abandoned()) {
        logger.info({ deploymentId: id }, 'waking a worker for an abandoned deployment');
        await withRequestContext({ actor, requestId }, () =>
          bus.store(events.deployRequested, { deployment_id: id }, { messageId: randomUUID() }),
        );
      }
    } catch (error) {
      logger.warn({ err: error }, 'could not sweep');
    }
  }
}
