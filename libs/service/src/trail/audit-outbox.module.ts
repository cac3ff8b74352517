import {
  Global,
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AuditAnchor, AuditStream, BusConnection, publishEntry } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { AuditTrail, Maintenance, OutboxRelay, type Deleted } from '@ushadow/postgres';
import { MaintenanceSchedule } from '../maintenance-schedule.ts';
import { LOGGER } from '../service.module.ts';
import { OwnTrailModule } from './own-trail.module.ts';
import { reportSetAside } from './report-set-aside.ts';

const KEEP_SET_ASIDE_DAYS = 30;

/** What runs beside the request handlers: entries go to the stream, and the outbox is kept small. */
@Injectable()
class AuditPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: OutboxRelay;
  private readonly maintenance: MaintenanceSchedule;

  constructor(
    trail: AuditTrail,
    stream: AuditStream,
    private readonly anchor: AuditAnchor,
    connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    const { postgres, outbox } = trail;
    const maintenance = new Maintenance({
      ...{ postgres, lockName: `audit of ${trail.service}`, chores: outbox.chores(KEEP_SET_ASIDE_DAYS) },
      onFailure: (chore, error) => {
        logger.warn({ chore, err: error }, 'maintenance failed');
      },
    });
    const run = async (): Promise<Deleted | undefined> => {
      const deleted = await maintenance.run();
      await reportSetAside(trail, logger);
      return deleted;
    };
    const stop = (): void => {
      maintenance.stop();
    };
    this.maintenance = new MaintenanceSchedule({ run, stop }, logger);
    this.relay = new OutboxRelay({
      ...{ postgres, table: outbox, isOpen: () => connection.isConnected() },
      send: publishEntry(trail, stream, () => {
        anchor.schedule();
      }),
      onFailure: (error) => {
        logger.warn({ err: error }, 'audit entries wait for the stream');
      },
      onSetAside: ({ id }, reason) => {
        logger.error({ messageId: id, reason }, 'an audit entry can never be told to the stream: it is set aside');
      },
    });
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    this.anchor.start();
    this.maintenance.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.maintenance.stop();
    await this.relay.stop();
    await this.anchor.stop();
  }
}

/** For a service whose outbox holds nothing but entries of its trail: publishes them, and answers about them. */
@Global()
@Module({ imports: [OwnTrailModule], providers: [AuditPublisher], exports: [OwnTrailModule] })
export class AuditOutboxModule {}
