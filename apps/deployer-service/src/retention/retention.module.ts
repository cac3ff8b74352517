import { Module } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER, MaintenanceSchedule } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { Database } from '../store/database.store.ts';
import { maintenanceOf } from './chores.store.ts';

@Module({
  providers: [
    {
      provide: MaintenanceSchedule,
      useFactory: (database: Database, { KEEP_REVISIONS, KEEP_DAYS }: DeployerConfig, logger: Logger) => {
        const onFailure = (chore: string, error: unknown): void => {
          logger.warn({ chore, err: error }, 'maintenance failed');
        };
        const retention = { keepRevisions: KEEP_REVISIONS, keepDays: KEEP_DAYS };
        return new MaintenanceSchedule(maintenanceOf(database, retention, { onFailure }), logger);
      },
      inject: [Database, CONFIG, LOGGER],
    },
  ],
  exports: [MaintenanceSchedule],
})
export class RetentionModule {}
