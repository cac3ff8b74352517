import {
  Global,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { HouseKeeper, OutboxRelay, type AuditTrail } from '@ushadow/postgres';
import { BusConnection } from '../bus-connection.ts';
import { EventBus } from '../event-bus.ts';
import { AuditAnchor } from './audit-anchor.ts';
import { AuditStream } from './audit-stream.ts';
import { OwnTrail } from './own-trail.ts';
import { publishEntry } from './publish-entry.ts';
import { reportSetAside } from './report-set-aside.ts';

export interface AuditModuleOptions {
  readonly trail: AuditTrail;
  readonly logger: Logger;
}

const HOUR_MS = 3_600_000;
const KEEP_SET_ASIDE_DAYS = 30;

/** The audit of a service whose outbox holds nothing but entries of it: publishes them to the stream, and answers about them. */
@Global()
@Module({})
export class AuditModule {
  static forRoot(options: AuditModuleOptions): DynamicModule {
    const { trail, logger } = options;
    return {
      module: AuditModule,
      providers: [
        {
          provide: AuditStream,
          useFactory: (connection: BusConnection, bus: EventBus) => new AuditStream(connection, bus, trail.service),
          inject: [BusConnection, EventBus],
        },
        {
          provide: OwnTrail,
          useFactory: (stream: AuditStream) => new OwnTrail(trail, stream, logger),
          inject: [AuditStream],
        },
        {
          provide: AuditBackground,
          useFactory: (connection: BusConnection, stream: AuditStream) =>
            new AuditBackground(options, connection, stream),
          inject: [BusConnection, AuditStream],
        },
      ],
      exports: [OwnTrail],
    };
  }
}

/** What runs beside the request handlers. */
class AuditBackground implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly relay: OutboxRelay;
  private readonly anchor: AuditAnchor;
  private readonly keeper: HouseKeeper;
  private readonly onKeepFailure: (chore: string, error: unknown) => void;
  private readonly reportSetAside: () => Promise<void>;
  private timer: NodeJS.Timeout | undefined;
  private keeping: Promise<void> | undefined;

  constructor({ trail, logger }: AuditModuleOptions, connection: BusConnection, stream: AuditStream) {
    const { postgres, outbox } = trail;
    this.reportSetAside = () => reportSetAside(trail, logger);
    const isOpen = (): boolean => connection.isConnected();
    this.onKeepFailure = (chore, error) => {
      logger.warn({ chore, err: error }, 'could not keep house');
    };
    this.keeper = new HouseKeeper({
      ...{ postgres, lockName: `audit of ${trail.service}`, chores: outbox.chores(KEEP_SET_ASIDE_DAYS) },
      onFailure: this.onKeepFailure,
    });
    this.anchor = new AuditAnchor({ trail, stream, isOpen, logger });
    this.relay = new OutboxRelay({
      ...{ postgres, table: outbox, isOpen },
      send: publishEntry(trail, stream, () => {
        this.anchor.nudge();
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
      this.keepHouse();
    }, HOUR_MS);
    this.keepHouse();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.keeper.stop();
    await this.keeping;
    await this.relay.stop();
    await this.anchor.stop();
  }

  private keepHouse(): void {
    this.keeping ??= this.keeper
      .run()
      .then(this.reportSetAside)
      .then(
        () => undefined,
        (error: unknown) => {
          this.onKeepFailure('outbox', error);
        },
      )
      .finally(() => {
        this.keeping = undefined;
      });
  }
}
