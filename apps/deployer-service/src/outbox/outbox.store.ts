import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import type { OutboxMessage } from './outbox-message.ts';

const BATCH = 100;

/** Adds messages inside the caller's transaction. */
export async function addToOutbox(
  transaction: Prisma.TransactionClient,
  messages: readonly OutboxMessage[],
): Promise<void> {
  await transaction.outboxMessage.createMany({
    data: messages.map((message) => ({ ...message, payload: message.payload as Prisma.InputJsonObject })),
  });
}

export class OutboxStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Hands unsent messages, oldest first, to `send` and marks those that went out. Two relays never take the same one. */
  async relay(send: (message: OutboxMessage) => Promise<void>): Promise<number> {
    return this.database.$transaction(
      async (transaction) => {
        const rows = await transaction.$queryRaw<OutboxMessage[]>`
          SELECT id, kind, payload, actor, request_id AS "requestId" FROM deployments.outbox
           WHERE sent_at IS NULL ORDER BY created_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
        for (const row of rows) {
          await send(row);
          await transaction.$executeRaw`UPDATE deployments.outbox SET sent_at = now() WHERE id = ${row.id}::uuid`;
        }
        return rows.length;
      },
      { timeout: 20_000 },
    );
  }
}
