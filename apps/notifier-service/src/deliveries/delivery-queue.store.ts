import { Injectable } from '@nestjs/common';
import type { NotificationData, NotificationRuleData } from '@ushadow/contracts';
import { sql, type Queries } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { fitsRules } from '../notifications/fits-rules.ts';
import { Database } from '../store/database.store.ts';
import { insertAttempt } from './insert-attempt.store.ts';
import type { Standing } from './after-attempt.ts';
import type { ClaimedDelivery, Outcome } from './delivery.ts';

/** An event as it is told, under the id by which it is told once. */
export interface Told {
  readonly eventId: string;
  readonly at: Date;
  readonly notification: NotificationData;
}

interface Row extends Omit<ClaimedDelivery, 'claim' | 'channel'> {
  readonly notification: NotificationData;
}

/** What waits to be sent. A row is there before anything is sent, and is sent until it is done or given up. */
@Injectable()
export class DeliveryQueue {
  constructor(private readonly database: Database) {}

  /** Gives how many channels it goes to: each gets an event once, however often it comes. */
  async add(told: readonly Told[], queries: Queries = this.database.postgres): Promise<number> {
    if (told.length === 0) return 0;
    const channels = await queries.rows<{ id: string; rules: NotificationRuleData[]; createdAt: Date }>(
      sql`SELECT id, rules, created_at AS "createdAt" FROM notifications.channels`,
    );
    let added = 0;
    for (const { eventId, at, notification } of told) {
      const fitting = channels.filter(({ rules, createdAt }) => at >= createdAt && fitsRules(rules, notification));
      if (fitting.length === 0) continue;
      added += await queries.count(sql`
        INSERT INTO notifications.deliveries (id, channel_id, event_id, notification)
        SELECT new.id, channels.id, ${eventId}, ${JSON.stringify(notification)}::jsonb
          FROM unnest(${fitting.map(() => randomUUID())}::uuid[], ${fitting.map(({ id }) => id)}::uuid[])
               AS new (id, channel_id)
          JOIN notifications.channels ON channels.id = new.channel_id
        ON CONFLICT (channel_id, event_id) DO NOTHING`);
    }
    return added;
  }

  /** Stacks whose last drift was told and not yet that it is over, with since when they had drifted. */
  async driftsTold(): Promise<{ readonly stackId: string; readonly since: string }[]> {
    return this.database.postgres.rows<{ stackId: string; since: string }>(sql`
      SELECT stack_id AS "stackId", since FROM (
        SELECT DISTINCT ON (split_part(event_id, ' ', 2)) split_part(event_id, ' ', 2) AS stack_id,
               split_part(event_id, ' ', 3) AS since
          FROM notifications.deliveries WHERE event_id LIKE 'drift %'
         ORDER BY split_part(event_id, ' ', 2), position DESC) AS newest
       WHERE NOT EXISTS (
         SELECT FROM notifications.deliveries WHERE event_id = 'in-sync ' || newest.stack_id || ' ' || newest.since)`);
  }

  /** The delivery that has waited longest, of a channel that nobody else is sending to. */
  async claim(claimSeconds: number): Promise<ClaimedDelivery | undefined> {
    const claim = randomUUID();
    return this.database.postgres.transaction(async (queries) => {
      const [channel] = await queries.rows<ClaimedDelivery['channel']>(sql`
        UPDATE notifications.channels
           SET claim = ${claim}::uuid, claimed_until = now() + make_interval(secs => ${claimSeconds}::int)
         WHERE id = (
           SELECT id FROM notifications.channels AS free
            WHERE paused_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
              AND EXISTS (SELECT FROM notifications.deliveries
                           WHERE channel_id = free.id AND state = 'waiting' AND due_at <= now())
            ORDER BY claimed_until NULLS FIRST LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id, name, kind, smtp, allow_plaintext AS "allowPlaintext", envelope, failing_since AS "failingSince"`);
      if (channel === undefined) return undefined;
      const [delivery] = await queries.rows<Row>(sql`
        SELECT id, notification, attempts_made AS "attemptsMade", give_up_at AS "giveUpAt" FROM notifications.deliveries
         WHERE channel_id = ${channel.id}::uuid AND state = 'waiting' AND due_at <= now() ORDER BY due_at, position LIMIT 1`);
      return delivery === undefined ? undefined : { ...delivery, claim, channel };
    });
  }

  /** False when the claim was over, and somebody else may be sending the same by now. */
  async record(
    { id, claim, channel, attemptsMade }: ClaimedDelivery,
    outcome: Outcome,
    { state, dueAt, failingSince, isPaused, leftAloneMs, reason }: Standing,
  ): Promise<boolean> {
    return this.database.postgres.transaction(async (queries) => {
      const isOurs = await queries.count(sql`
        UPDATE notifications.channels
           SET claim = NULL, claimed_until = now() + make_interval(secs => ${leftAloneMs / 1_000}::float8),
               delivered_at = CASE WHEN ${outcome.ok} THEN now() ELSE delivered_at END,
               failing_since = ${failingSince}::timestamptz,
               paused_at = CASE WHEN ${isPaused} THEN coalesce(paused_at, now()) ELSE paused_at END,
               reason = CASE WHEN paused_at IS NULL THEN ${reason} ELSE reason END
         WHERE id = ${channel.id}::uuid AND claim = ${claim}::uuid`);
      if (isOurs === 0) return false;
      const isThere = await queries.count(sql`
        UPDATE notifications.deliveries SET state = ${state}, due_at = ${dueAt}::timestamptz,
               attempts_made = ${attemptsMade + 1}::int WHERE id = ${id}::uuid`);
      if (isThere > 0) await queries.count(insertAttempt(id, attemptsMade + 1, outcome));
      return true;
    });
  }

  /** What waited while its channel was paused, or nothing ran, is not sent any more once its day is over. */
  async giveUpLate(): Promise<number> {
    return this.database.postgres.count(sql`
      UPDATE notifications.deliveries SET state = 'failed' WHERE state = 'waiting' AND give_up_at < now() - interval '1 hour'`);
  }
}
