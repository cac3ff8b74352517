import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import type { OutboxMessage } from './outbox-message.ts';

const BATCH = 100;
const KEPT_DAYS = 7;
/** Any number that no other advisory lock of the schema has as its first half. */
const AUDIT_LOCK = 1_970_498_677;

/** Adds messages inside the caller's transaction. */
export async function addToOutbox(
  transaction: Prisma.TransactionClient,
  messages: readonly OutboxMessage[],
): Promise<void> {
  if (messages.length > 0) await transaction.$executeRaw`${outboxInsert(messages)}`;
}

/** The statement that adds at least one message. */
export function outboxInsert(messages: readonly OutboxMessage[]): Prisma.Sql {
  const values = messages.map(
    (message) => Prisma.sql`(${message.id}::uuid, ${message.kind}, ${JSON.stringify(message.payload)}::jsonb,
      ${message.actor}, ${message.requestId}, now() + make_interval(secs => ${delayOf(message)}))`,
  );
  return Prisma.sql`
    INSERT INTO deployments.outbox (id, kind, payload, actor, request_id, due_at) VALUES ${Prisma.join(values)}`;
}

function delayOf(message: OutboxMessage): number {
  return message.kind === 'job' ? (message.delayMs ?? 0) / 1000 : 0;
}

export class OutboxStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Hands unsent jobs that are due to `send` and marks those that went out. Two relays never take the same one. */
  async relayJobs(send: (message: OutboxMessage) => Promise<void>): Promise<number> {
    return this.inTransaction(async (transaction) => {
      const rows = await transaction.$queryRaw<OutboxMessage[]>`
        SELECT id, kind, payload, actor, request_id AS "requestId" FROM deployments.outbox
         WHERE sent_at IS NULL AND kind = 'job' AND due_at <= now()
         ORDER BY position LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;
      return sendAll(transaction, rows, send);
    });
  }

  /** The same for audit entries, in the order of the trail: one relay at a time. */
  async relayAudit(send: (message: OutboxMessage) => Promise<void>): Promise<number> {
    return this.inTransaction(async (transaction) => {
      const locks = await transaction.$queryRaw<{ mine: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${AUDIT_LOCK}::int, 0) AS mine`;
      if (locks[0]?.mine !== true) return 0;
      const rows = await transaction.$queryRaw<OutboxMessage[]>`
        SELECT id, kind, payload, actor, request_id AS "requestId" FROM deployments.outbox
         WHERE sent_at IS NULL AND kind = 'audit' ORDER BY position LIMIT ${BATCH}`;
      return sendAll(transaction, rows, send);
    });
  }

  /** Forgets what went out long ago. */
  async trim(): Promise<void> {
    await this.database.$executeRaw`
      DELETE FROM deployments.outbox WHERE sent_at < now() - make_interval(days => ${KEPT_DAYS}::int)`;
  }

  private inTransaction(work: (transaction: Prisma.TransactionClient) => Promise<number>): Promise<number> {
    return this.database.$transaction(work, { timeout: 20_000 });
  }
}

async function sendAll(
  transaction: Prisma.TransactionClient,
  rows: readonly OutboxMessage[],
  send: (message: OutboxMessage) => Promise<void>,
): Promise<number> {
  for (const row of rows) {
    await send(row);
    await transaction.$executeRaw`UPDATE deployments.outbox SET sent_at = now() WHERE id = ${row.id}::uuid`;
  }
  return rows.length;
}
