import { Module } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { Database } from '../store/database.store.ts';
import { houseKeeperOf } from './chores.store.ts';
import { Housekeeping } from './housekeeping.ts';

@Module({
  providers: [
    {
      provide: Housekeeping,
      useFactory: (database: Database, { KEEP_REVISIONS, KEEP_DAYS }: DeployerConfig, logger: Logger) => {
        const onFailure = (chore: string, error: unknown): void => {
          logger.warn({ chore, err: error }, 'could not keep house');
        };
        const retention = { keepRevisions: KEEP_REVISIONS, keepDays: KEEP_DAYS };
        return new Housekeeping(houseKeeperOf(database, retention, { onFailure }), logger);
      },
      inject: [Database, CONFIG, LOGGER],
    },
  ],
  exports: [Housekeeping],
})
export class RetentionModule {}
