import type { Logger } from '@ushadow/observability';
import type { SettleUnknown } from './settle-unknown.ts';

/** Looks again and again after deployments of which nobody knows how they ended; one round at a time. */
export class Settler {
  private readonly parts: { settleUnknown: SettleUnknown; logger: Logger; intervalMs: number };
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  constructor(parts: { settleUnknown: SettleUnknown; logger: Logger; intervalMs: number }) {
    this.parts = parts;
  }

  start(): void {
    this.timer = setInterval(() => {
      this.round ??= this.look().finally(() => {
        this.round = undefined;
      });
    }, this.parts.intervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.parts.settleUnknown.stop();
    await this.round;
  }

  private async look(): Promise<void> {
    try {
      await this.parts.settleUnknown.run();
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'could not look after unknown deployments');
    }
  }
}
