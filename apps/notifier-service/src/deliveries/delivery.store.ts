import { Injectable } from '@nestjs/common';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, sql, type Sql } from '@ushadow/postgres';
import type { Channel } from '../channels/channel.ts';
import { FREE } from '../channels/channel.store.ts';
import { Database } from '../store/database.store.ts';
import type { Attempt, Delivery, Message, Outcome } from './delivery.ts';
import { insertAttempt } from './insert-attempt.store.ts';

const COLUMNS = sql`
  id, channel_id AS "channelId", position, notification, state, attempts_made AS "attemptsMade", due_at AS "dueAt",
  created_at AS "createdAt"`;

type Row = Omit<Delivery, 'attempts' | 'position'> & { readonly position: bigint };
type AttemptRow = Attempt & { readonly deliveryId: string };

/** As many attempts are shown of each. */
const ATTEMPTS_MAX = 20;

/** The log of deliveries, for people. */
@Injectable()
export class DeliveryStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Newest first; only those before that position. */
  async list(channelId: string | undefined, limit: number, before: number | undefined): Promise<readonly Delivery[]> {
    return this.read(sql`
      WHERE (${channelId ?? null}::uuid IS NULL OR channel_id = ${channelId ?? null}::uuid)
      AND position < ${before ?? Number.MAX_SAFE_INTEGER}::bigint ORDER BY position DESC LIMIT ${limit}`);
  }

  async find(id: string): Promise<Delivery | undefined> {
    return (await this.read(sql`WHERE id = ${id}::uuid`))[0];
  }

  /** What was sent by hand is in the log like the rest. Undefined where the channel is gone. */
  async addTest(
    { id: channelId, name }: Channel,
    { id, notification }: Message,
    outcome: Outcome,
  ): Promise<Attempt | undefined> {
    const state = outcome.ok ? 'delivered' : 'failed';
    const added = await this.trail.write(
      async (queries) => {
        const count = await queries.count(sql`
          INSERT INTO notifications.deliveries (id, channel_id, event_id, notification, state, attempts_made)
          SELECT ${id}::uuid, id, ${`test ${id}`}, ${JSON.stringify(notification)}::jsonb, ${state}, 1
            FROM notifications.channels WHERE id = ${channelId}::uuid`);
        return count === 0 ? undefined : queries.count(insertAttempt(id, 1, outcome));
      },
      () =>
        auditDraft({
          action: 'channel.tested',
          target: `notification channel ${name}`,
          details: { delivered: outcome.ok },
        }),
    );
    return added === undefined ? undefined : (await this.find(id))?.attempts[0];
  }

  /** Under the same id. False where there is none. */
  async resend(id: string): Promise<boolean> {
    const again = await this.trail.write(
      async (queries) => {
        const rows = await queries.rows<{ name: string; type: string }>(sql`
          UPDATE notifications.deliveries
             SET state = 'waiting', due_at = now(), give_up_at = now() + interval '1 day'
            FROM notifications.channels
           WHERE deliveries.id = ${id}::uuid AND channels.id = deliveries.channel_id
          RETURNING channels.name, deliveries.notification ->> 'type' AS type`);
        if (rows[0] !== undefined)
          await queries.count(sql`
            UPDATE notifications.channels SET ${FREE}
             WHERE id = (SELECT channel_id FROM notifications.deliveries WHERE id = ${id}::uuid)`);
        return rows[0];
      },
      ({ name, type }) =>
        auditDraft({ action: 'delivery.resent', target: `${type} to notification channel ${name}`, details: { id } }),
    );
    return again !== undefined;
  }

  private async read(which: Sql): Promise<readonly Delivery[]> {
    const rows = await this.database.postgres.rows<Row>(sql`SELECT ${COLUMNS} FROM notifications.deliveries ${which}`);
    const attempts = await this.database.postgres.rows<AttemptRow>(sql`
      SELECT delivery_id AS "deliveryId", number, at, ok, status, milliseconds, message, answer
        FROM (SELECT *, row_number() OVER (PARTITION BY delivery_id ORDER BY number DESC) AS age
                FROM notifications.attempts WHERE delivery_id = ANY (${rows.map(({ id }) => id)}::uuid[])) AS newest
       WHERE age <= ${ATTEMPTS_MAX} ORDER BY number`);
    return rows.map((row) => ({
      ...row,
      position: Number(row.position),
      attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id),
    }));
  }
}
