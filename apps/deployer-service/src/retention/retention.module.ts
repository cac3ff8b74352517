import { Module } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { HouseKeeper } from '@ushadow/postgres';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { Database } from '../store/database.store.ts';
import { Housekeeping } from './housekeeping.ts';
import { houseKeeperOf } from './chores.store.ts';

@Module({
  providers: [
    Housekeeping,
    {
      provide: HouseKeeper,
      useFactory: (database: Database, { KEEP_REVISIONS, KEEP_DAYS }: DeployerConfig, logger: Logger) =>
        houseKeeperOf(
          database,
          { keepRevisions: KEEP_REVISIONS, keepDays: KEEP_DAYS },
          {
            onFailure: (chore, error) => {
              logger.warn({ chore, err: error }, 'could not keep house');
            },
          },
        ),
      inject: [Database, CONFIG, LOGGER],
    },
  ],
  exports: [Housekeeping],
})
export class RetentionModule {}
