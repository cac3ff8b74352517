import type { Chore } from '../maintenance/chore.ts';
import { deleteOld } from '../maintenance/delete-old.ts';
import type { Queries } from '../queries.ts';
import { identifier, joinSql, sql, type Sql } from '../sql.ts';
import type { OutboxMessage } from './outbox-message.ts';

/** A message that a relay has taken to send it. */
export interface Claimed extends Omit<OutboxMessage, 'aggregate' | 'delayMs'> {
  readonly aggregate: string | null;
}

export interface Settlement {
  readonly sent: readonly string[];
  /** To be tried again. */
  readonly failed: readonly string[];
  readonly setAside: readonly { readonly id: string; readonly reason: string }[];
}

/** Any number that no other advisory lock of our databases has as its first half. */
const LOCK_SPACE = 1_970_498_677;
const KEPT_DAYS = 7;

/**
 * The outbox of one service. Whoever sends takes messages for a while by a note in their rows: no transaction is open,
 * and no lock is held, while something is on its way.
 */
export class OutboxTable {
  readonly #path: string;
  readonly #table: Sql;

  constructor(schema: string, table = 'outbox') {
    this.#path = `${schema}.${table}`;
    this.#table = identifier(schema, table);
  }

  /** What a service's migration makes. */
  ddl(): string {
    const { text } = this.#table.query;
    return `CREATE TABLE ${text} (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL,
  payload       jsonb NOT NULL,
  actor         text NOT NULL,
  request_id    text NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  sent_at       timestamptz(3),
  due_at        timestamptz(3) NOT NULL DEFAULT now(),
  position      bigint GENERATED ALWAYS AS IDENTITY,
  -- Those of one aggregate go out one after the other.
  aggregate     text,
  -- Who is sending it, and until when nobody else does.
  claim         uuid,
  claimed_until timestamptz(3),
  -- Nobody could ever send it, and why.
  set_aside_at  timestamptz(3),
  reason        text
);
CREATE INDEX ON ${text} (position) WHERE sent_at IS NULL AND set_aside_at IS NULL;
CREATE INDEX ON ${text} (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX ON ${text} (set_aside_at DESC) WHERE set_aside_at IS NOT NULL;`;
  }

  /** The statement that adds at least one message; for the transaction of what they tell of. */
  insert(messages: readonly OutboxMessage[]): Sql {
    const rows = messages.map(
      ({ id, kind, payload, actor, requestId, aggregate = null, delayMs = 0 }) =>
        sql`(${id}::uuid, ${kind}, ${JSON.stringify(payload)}::jsonb, ${actor}, ${requestId}, ${aggregate},
          now() + make_interval(secs => ${delayMs / 1_000}))`,
    );
    return sql`
      INSERT INTO ${this.#table} (id, kind, payload, actor, request_id, aggregate, due_at) VALUES ${joinSql(rows)}`;
  }

  async add(queries: Queries, messages: readonly OutboxMessage[]): Promise<void> {
    if (messages.length > 0) await queries.count(this.insert(messages));
  }

  /**
   * Takes what is due, in order; no two relays get the same message, or messages of the same aggregate at once. For a
   * transaction, which keeps two relays from choosing at once.
   */
  async claim(queries: Queries, claim: string, seconds: number, limit: number): Promise<Claimed[]> {
    await queries.count(sql`SELECT pg_advisory_xact_lock(${LOCK_SPACE}::int, hashtext(${this.#path}))`);
    // Chosen once, before anything is written: as part of the condition the choice may be made anew for each row.
    const rows = await queries.rows<Claimed & { position: bigint }>(sql`
      WITH due AS MATERIALIZED (
        SELECT id AS due_id FROM ${this.#table} AS waiting
         WHERE sent_at IS NULL AND set_aside_at IS NULL AND due_at <= clock_timestamp()
           AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
           AND NOT EXISTS (
             SELECT FROM ${this.#table} AS ahead
              WHERE ahead.sent_at IS NULL AND ahead.set_aside_at IS NULL AND ahead.aggregate = waiting.aggregate
                AND ahead.claimed_until >= clock_timestamp())
         ORDER BY position LIMIT ${limit})
      UPDATE ${this.#table} SET claim = ${claim}::uuid, claimed_until = clock_timestamp() + make_interval(secs => ${seconds})
        FROM due WHERE id = due_id AND sent_at IS NULL AND set_aside_at IS NULL
      RETURNING id, kind, payload, actor, request_id AS "requestId", aggregate, position`);
    return rows
      .toSorted((one, other) => (one.position < other.position ? -1 : 1))
      .map(({ position: _position, ...message }) => message);
  }

  /** Notes what came of a claim, in one statement. What somebody else has taken meanwhile is theirs. */
  settle(claim: string, { sent, failed, setAside }: Settlement): Sql {
    const ids = [...sent, ...failed, ...setAside.map(({ id }) => id)];
    return sql`
      UPDATE ${this.#table} AS message
         SET claim = NULL, claimed_until = NULL, reason = aside.reason,
             sent_at = CASE WHEN message.id = ANY(${sent}::uuid[]) THEN clock_timestamp() END,
             set_aside_at = CASE WHEN aside.id IS NOT NULL THEN clock_timestamp() END
        FROM unnest(${ids}::uuid[]) AS settled (id)
        LEFT JOIN jsonb_to_recordset(${JSON.stringify(setAside)}::jsonb) AS aside (id uuid, reason text)
          ON aside.id = settled.id
       WHERE message.id = settled.id AND message.claim = ${claim}::uuid`;
  }

  /** What nobody could send, the newest first: rows of `SetAside`. */
  setAside(limit: number): Sql {
    return sql`
      SELECT id, kind, reason, set_aside_at AS at FROM ${this.#table}
       WHERE set_aside_at IS NOT NULL ORDER BY set_aside_at DESC LIMIT ${limit}`;
  }

  /** How many nobody could send, as `count`, and why the newest of them. */
  countSetAside(): Sql {
    return sql`
      SELECT count(*)::int AS count, (array_agg(reason ORDER BY set_aside_at DESC))[1] AS reason
        FROM ${this.#table} WHERE set_aside_at IS NOT NULL`;
  }

  /** A row where a message of this kind has not been sent or set aside. */
  waiting(kind: string, where: Sql): Sql {
    return sql`
      SELECT FROM ${this.#table} WHERE kind = ${kind} AND sent_at IS NULL AND set_aside_at IS NULL AND ${where} LIMIT 1`;
  }

  /** What keeps it small: messages that went out a week ago, and those set aside so many days ago, are forgotten. */
  chores(keepSetAsideDays: number): Chore[] {
    const table = this.#table;
    const before = (now: Date, days: number): Sql => sql`${now}::timestamptz - make_interval(days => ${days}::int)`;
    return [
      deleteOld('sent messages', { table, where: (now) => sql`sent_at < ${before(now, KEPT_DAYS)}` }),
      deleteOld('messages set aside', { table, where: (now) => sql`set_aside_at < ${before(now, keepSetAsideDays)}` }),
    ];
  }
}
