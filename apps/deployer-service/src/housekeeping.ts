import type { Logger } from '@ushadow/observability';
import type { OutboxStore } from './outbox/outbox.store.ts';
import type { PlanStore } from './plans/plan.store.ts';

const HOUR_MS = 3_600_000;

/** Once an hour: forgets what nobody needs any more. */
export class Housekeeping {
  private readonly parts: { plans: PlanStore; outbox: OutboxStore; logger: Logger };
  private timer: NodeJS.Timeout | undefined;

  constructor(parts: { plans: PlanStore; outbox: OutboxStore; logger: Logger }) {
    this.parts = parts;
  }

  start(): void {
    void this.run();
    this.timer = setInterval(() => void this.run(), HOUR_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async run(): Promise<void> {
    const { plans, outbox, logger } = this.parts;
    try {
      await plans.trim();
      await outbox.trim();
    } catch (error) {
      logger.warn({ err: error }, 'could not keep house');
    }
  }
}
