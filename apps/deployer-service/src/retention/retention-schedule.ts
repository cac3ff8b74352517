import type { Logger } from '@ushadow/observability';
import type { maintenanceOf } from './chores.store.ts';

const HOUR_MS = 3_600_000;

/** Once an hour: deletes what nobody needs any more. */
export class RetentionSchedule {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly maintenance: ReturnType<typeof maintenanceOf>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const begin = (): void => {
      this.running ??= this.run().finally(() => {
        this.running = undefined;
      });
    };
    begin();
    this.timer = setInterval(begin, HOUR_MS);
  }

  /** Resolves when the step in hand has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.maintenance.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    const { maintenance, logger } = this;
    try {
      const deleted = Object.entries((await maintenance.run()) ?? {}).filter(([, gone]) => gone > 0);
      if (deleted.length > 0) logger.info({ deleted: Object.fromEntries(deleted) }, 'maintenance done');
    } catch (error) {
      logger.warn({ err: error }, 'maintenance failed');
    }
  }
}
