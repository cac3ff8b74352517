import type { Logger } from '@ushadow/observability';
import type { Deleted } from '@ushadow/postgres';

const HOUR_MS = 3_600_000;

/** What is done now and then: gives what went, by chore, where that is known. */
export interface Maintained {
  readonly run: () => Promise<Deleted | undefined>;
  /** The step in hand ends, and no other begins. */
  readonly stop: () => void;
}

/** Once an hour: deletes what nobody needs any more. What fails is logged, and done with the next run. */
export class MaintenanceSchedule {
  private readonly maintenance: Maintained;
  private readonly logger: Pick<Logger, 'info' | 'warn'>;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(maintenance: Maintained, logger: Pick<Logger, 'info' | 'warn'>) {
    this.maintenance = maintenance;
    this.logger = logger;
  }

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
