import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { DeliveryQueue } from '../deliveries/delivery-queue.store.ts';
import { Database } from '../store/database.store.ts';
import { StoreModule } from '../store/store.module.ts';
import { maintenanceOf } from './chores.store.ts';

const HOUR_MS = 3_600_000;

/** Keeps the log small, and gives up what has waited too long. */
@Injectable()
class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly maintenance: ReturnType<typeof maintenanceOf>;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    database: Database,
    private readonly queue: DeliveryQueue,
    @Inject(CONFIG) config: NotifierConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.maintenance = maintenanceOf(database, config, (chore, error) => {
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
    this.running ??= this.queue
      .giveUpLate()
      .then(() => this.maintenance.run())
      .then(
        () => undefined,
        (error: unknown) => {
          this.logger.warn({ err: error }, 'the log of deliveries could not be looked through');
        },
      )
      .finally(() => {
        this.running = undefined;
      });
  }
}

@Module({ imports: [StoreModule], providers: [Retention] })
export class RetentionModule {}
