import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@ushadow/service';
import type { Logger } from '@ushadow/observability';
import { OutboxRelay } from '@ushadow/postgres';
import { WakeStore } from './wake.store.ts';

/** So often that a lost worker's deployment goes on within its lease and one second, its way through the queue included. */
const SWEEP_MS = 500;

/** Wakes workers for deployments whose wake-up or worker was lost: the queue can be rebuilt from the table at any time. */
@Injectable()
export class Sweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly wake: WakeStore,
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
    const { wake, relay, logger } = this;
    try {
      const woken = await wake.wakeAbandoned();
      for (const { id } of woken) logger.info({ deploymentId: id }, 'waking a worker for an abandoned deployment');
      await wake.promoteStranded();
      if (woken.length > 0) relay.nudge();
    } catch (error) {
      logger.warn({ err: error }, 'could not sweep');
    }
  }
}
