import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { LOGGER } from '@ushadow/service';
import { Database } from '../store/database.store.ts';
import { maintenanceOf } from './chores.store.ts';

const HOUR_MS = 3_600_000;

/** Removes what lets nobody in any more, now and then. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly maintenance: ReturnType<typeof maintenanceOf>;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;

  constructor(database: Database, @Inject(LOGGER) logger: Logger) {
    this.maintenance = maintenanceOf(database, (chore, error) => {
      logger.warn({ chore, err: error }, 'maintenance failed');
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.run();
    }, HOUR_MS);
    this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.maintenance.stop();
    await this.running;
  }

  private run(): void {
    this.running ??= this.maintenance.run().finally(() => {
      this.running = undefined;
    });
  }
}
