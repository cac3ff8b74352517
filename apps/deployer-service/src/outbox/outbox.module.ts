import { Module } from '@nestjs/common';
import { AuditAnchor, AuditStream, BusConnection, EventBus, OwnTrail, publishEntry } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { AuditTrail, OutboxRelay } from '@ushadow/postgres';
import { LOGGER } from '@ushadow/service';
import { Database } from '../store/database.store.ts';
import { relayOf } from './outbox.store.ts';
import { sendMessage } from './send-message.ts';

/** What goes out of the service: jobs, and the entries of its trail. */
@Module({
  providers: [
    {
      provide: AuditStream,
      useFactory: (connection: BusConnection, bus: EventBus, { service }: AuditTrail) =>
        new AuditStream(connection, bus, service),
      inject: [BusConnection, EventBus, AuditTrail],
    },
    {
      provide: AuditAnchor,
      useFactory: (trail: AuditTrail, stream: AuditStream, connection: BusConnection, logger: Logger) =>
        new AuditAnchor({ trail, stream, isOpen: () => connection.isConnected(), logger }),
      inject: [AuditTrail, AuditStream, BusConnection, LOGGER],
    },
    {
      provide: OwnTrail,
      useFactory: (trail: AuditTrail, stream: AuditStream, logger: Logger) => new OwnTrail(trail, stream, logger),
      inject: [AuditTrail, AuditStream, LOGGER],
    },
    {
      provide: OutboxRelay,
      useFactory: openRelay,
      inject: [Database, EventBus, BusConnection, AuditTrail, AuditStream, AuditAnchor, LOGGER],
    },
  ],
  exports: [AuditAnchor, OutboxRelay, OwnTrail],
})
export class OutboxModule {}

function openRelay(
  database: Database,
  bus: EventBus,
  connection: BusConnection,
  trail: AuditTrail,
  stream: AuditStream,
  anchor: AuditAnchor,
  logger: Logger,
): OutboxRelay {
  const sendEntry = publishEntry(trail, stream, () => {
    anchor.nudge();
  });
  return relayOf(database, {
    send: sendMessage(bus, sendEntry),
    isOpen: () => connection.isConnected(),
    onFailure: (error) => {
      logger.warn({ err: error }, 'outbox waits');
    },
    onSetAside: ({ id, kind }, reason) => {
      logger.error({ messageId: id, kind, reason }, 'a message of the outbox can never be sent: it is set aside');
    },
  });
}
