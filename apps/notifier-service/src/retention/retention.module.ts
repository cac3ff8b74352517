import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER, MaintenanceSchedule } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { DeliveryQueue } from '../deliveries/delivery-queue.store.ts';
import { Database } from '../store/database.store.ts';
import { StoreModule } from '../store/store.module.ts';
import { maintenanceOf } from './chores.store.ts';

/** Keeps the log small, and gives up what has waited too long. */
@Injectable()
class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly schedule: MaintenanceSchedule;

  constructor(
    database: Database,
    queue: DeliveryQueue,
    @Inject(CONFIG) config: NotifierConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    const maintenance = maintenanceOf(database, config, (chore, error) => {
      logger.warn({ chore, err: error }, 'maintenance failed');
    });
    const run = () => queue.giveUpLate().then(() => maintenance.run());
    const stop = (): void => {
      maintenance.stop();
    };
    this.schedule = new MaintenanceSchedule({ run, stop }, logger);
  }

  onApplicationBootstrap(): void {
    this.schedule.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.schedule.stop();
  }
}

@Module({ imports: [StoreModule], providers: [Retention] })
export class RetentionModule {}
