import type { Logger } from '@ushadow/observability';
import type { houseKeeperOf } from './retention/chores.store.ts';

const HOUR_MS = 3_600_000;

interface Parts {
  readonly keeper: ReturnType<typeof houseKeeperOf>;
  readonly logger: Logger;
}

/** Once an hour: lets go what nobody needs any more. */
export class Housekeeping {
  private readonly parts: Parts;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.parts = parts;
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
    this.parts.keeper.stop();
    await this.running;
  }

  private async run(): Promise<void> {
    const { keeper, logger } = this.parts;
    try {
      const kept = Object.entries((await keeper.run()) ?? {}).filter(([, gone]) => gone > 0);
      if (kept.length > 0) logger.info({ kept: Object.fromEntries(kept) }, 'kept house');
    } catch (error) {
      logger.warn({ err: error }, 'could not keep house');
    }
  }
}
