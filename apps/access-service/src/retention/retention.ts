import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { LOGGER, MaintenanceSchedule } from '@ushadow/service';
import { Database } from '../store/database.store.ts';
import { maintenanceOf } from './chores.store.ts';

/** Removes what lets nobody in any more, now and then. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly schedule: MaintenanceSchedule;

  constructor(database: Database, @Inject(LOGGER) logger: Logger) {
    const maintenance = maintenanceOf(database, (chore, error) => {
      logger.warn({ chore, err: error }, 'maintenance failed');
    });
    this.schedule = new MaintenanceSchedule(maintenance, logger);
  }

  onApplicationBootstrap(): void {
    this.schedule.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.schedule.stop();
  }
}
