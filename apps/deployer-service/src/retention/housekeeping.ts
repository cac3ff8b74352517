import type { Logger } from '@ushadow/observability';
import type { houseKeeperOf } from './chores.store.ts';

const HOUR_MS = 3_600_000;

/** Once an hour: deletes what nobody needs any more. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly keeper: ReturnType<typeof houseKeeperOf>,
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
    this.keeper.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    const { keeper, logger } = this;
    try {
      const kept = Object.entries((await keeper.run()) ?? {}).filter(([, gone]) => gone > 0);
      if (kept.length > 0) logger.info({ kept: Object.fromEntries(kept) }, 'kept house');
    } catch (error) {
      logger.warn({ err: error }, 'could not keep house');
    }
  }
}
