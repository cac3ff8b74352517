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
import { AuditTrail, Maintenance, OutboxRelay } from '@ushadow/postgres';
import { LOGGER } from '../service.module.ts';
import { OwnTrailModule } from './own-trail.module.ts';
import { reportSetAside } from './report-set-aside.ts';

const HOUR_MS = 3_600_000;
const KEEP_SET_ASIDE_DAYS = 30;

/** What runs beside the request handlers: entries go to the stream, and the outbox is kept small. */
@Injectable()
class AuditPublisher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: OutboxRelay;
  private readonly maintenance: Maintenance;
  private readonly onMaintenanceFailure: (chore: string, error: unknown) => void;
  private readonly reportSetAside: () => Promise<void>;
  private timer: NodeJS.Timeout | undefined;
  private maintaining: Promise<void> | undefined;

  constructor(
    trail: AuditTrail,
    stream: AuditStream,
    private readonly anchor: AuditAnchor,
    connection: BusConnection,
    @Inject(LOGGER) logger: Logger,
  ) {
    const { postgres, outbox } = trail;
    this.reportSetAside = () => reportSetAside(trail, logger);
    this.onMaintenanceFailure = (chore, error) => {
      logger.warn({ chore, err: error }, 'maintenance failed');
    };
    this.maintenance = new Maintenance({
      ...{ postgres, lockName: `audit of ${trail.service}`, chores: outbox.chores(KEEP_SET_ASIDE_DAYS) },
      onFailure: this.onMaintenanceFailure,
    });
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
    this.timer = setInterval(() => {
      this.maintain();
    }, HOUR_MS);
    this.maintain();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.maintenance.stop();
    await this.maintaining;
    await this.relay.stop();
    await this.anchor.stop();
  }

  private maintain(): void {
    this.maintaining ??= this.maintenance
      .run()
      .then(this.reportSetAside)
      .then(
        () => undefined,
        (error: unknown) => {
          this.onMaintenanceFailure('outbox', error);
        },
      )
      .finally(() => {
        this.maintaining = undefined;
      });
  }
}

/** For a service whose outbox holds nothing but entries of its trail: publishes them, and answers about them. */
@Global()
@Module({ imports: [OwnTrailModule], providers: [AuditPublisher], exports: [OwnTrailModule] })
export class AuditOutboxModule {}
