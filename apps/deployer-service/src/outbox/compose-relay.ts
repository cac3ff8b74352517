import {
  publishEntry,
  type AuditAnchor,
  type AuditStream,
  type BusConnection,
  type EventBus,
} from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail, OutboxRelay } from '@ushadow/postgres';
import type { Database } from '../store/database.store.ts';
import { relayOf } from './outbox.store.ts';
import { sendMessage } from './send-message.ts';

interface Parts {
  readonly database: Database;
  readonly bus: EventBus;
  readonly connection: BusConnection;
  readonly logger: Logger;
  readonly trail: AuditTrail;
  readonly stream: AuditStream;
  readonly anchor: AuditAnchor;
}

/** The relay of this service's outbox to the bus. */
export function composeRelay({ database, bus, connection, logger, trail, stream, anchor }: Parts): OutboxRelay {
  return relayOf(database, {
    send: sendMessage(
      bus,
      publishEntry(trail, stream, () => {
        anchor.nudge();
      }),
    ),
    isOpen: () => connection.isConnected(),
    onFailure: (error) => logger.warn({ err: error }, 'outbox waits'),
    onSetAside: ({ id, kind }, reason) => {
      logger.error({ messageId: id, kind, reason }, 'a message of the outbox can never be sent: it is set aside');
    },
  });
}
