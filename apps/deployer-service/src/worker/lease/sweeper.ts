import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@ushadow/service';
import type { Logger } from '@ushadow/observability';
import { OutboxRelay } from '@ushadow/postgres';
import { RequeueStore } from './requeue.store.ts';

/** So often that a lost worker's deployment goes on within its lease and one second, its way through the queue included. */
const SWEEP_MS = 500;

/** Requeues deployments whose message or worker was lost: the queue can be rebuilt from the table at any time. */
@Injectable()
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly requeue: RequeueStore,
    private readonly relay: OutboxRelay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = undefined;
      });
    }, SWEEP_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    const { requeue, relay, logger } = this;
    try {
      const requeued = await requeue.requeueAbandoned();
      for (const { id } of requeued) logger.info({ deploymentId: id }, 'an abandoned deployment is in the queue again');
      await requeue.promoteStranded();
      if (requeued.length > 0) relay.notify();
    } catch (error) {
      logger.warn({ err: error }, 'could not sweep');
    }
  }
}
