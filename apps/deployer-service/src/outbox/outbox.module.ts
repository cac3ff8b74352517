import { Module } from '@nestjs/common';
import { AuditAnchor, AuditStream, BusConnection, EventBus, publishEntry } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { AuditTrail, OutboxRelay } from '@ushadow/postgres';
import { LOGGER, OwnTrailModule } from '@ushadow/service';
import { Database } from '../store/database.store.ts';
import { relayOf } from './outbox.store.ts';
import { sendMessage } from './send-message.ts';

/** What goes out of the service: jobs, and the entries of its trail. */
@Module({
  imports: [OwnTrailModule],
  providers: [
    {
      provide: OutboxRelay,
      useFactory: openRelay,
      inject: [Database, EventBus, BusConnection, AuditTrail, AuditStream, AuditAnchor, LOGGER],
    },
  ],
  exports: [OutboxRelay, OwnTrailModule],
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
    anchor.schedule();
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
