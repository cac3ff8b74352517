import type { Logger } from '@ushadow/observability';
import type { AuditStore } from './audit/audit.store.ts';
import type { OutboxStore } from './outbox/outbox.store.ts';
import type { PlanStore } from './plans/plan.store.ts';

const HOUR_MS = 3_600_000;

/** Once an hour: forgets what nobody needs any more, and notes the head of the audit trail outside the database. */
export class Housekeeping {
  private readonly parts: { plans: PlanStore; outbox: OutboxStore; audit: AuditStore; logger: Logger };
  private timer: NodeJS.Timeout | undefined;

  constructor(parts: { plans: PlanStore; outbox: OutboxStore; audit: AuditStore; logger: Logger }) {
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
    const { plans, outbox, audit, logger } = this.parts;
    try {
      await plans.trim();
      await outbox.trim();
      // Whoever rewrites the whole trail cannot rewrite the logs.
      logger.info({ auditHead: await audit.head() }, 'head of the audit trail');
    } catch (error) {
      logger.warn({ err: error }, 'could not keep house');
    }
  }
}
