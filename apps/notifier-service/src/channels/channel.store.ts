import { Injectable } from '@nestjs/common';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, isTaken, sql, type Sql } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';
import type { Channel, ChannelContent, SealedChannel } from './channel.ts';

const COLUMNS = sql`
  id, name, kind, target, smtp, is_signed AS "isSigned", allow_plaintext AS "allowPlaintext", rules, reason,
  failing_since AS "failingSince", paused_at AS "pausedAt", delivered_at AS "deliveredAt", created_at AS "createdAt",
  created_by AS "createdBy",
  (SELECT count(*)::int FROM notifications.deliveries WHERE channel_id = channels.id AND state = 'waiting') AS waiting`;

/** Somebody says that it is well again: who was to be left alone for a while need not be. */
export const FREE = sql`claimed_until = CASE WHEN claim IS NULL THEN NULL ELSE claimed_until END`;

export type Saved = 'saved' | 'name-taken' | 'gone';

@Injectable()
export class ChannelStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  async list(): Promise<readonly Channel[]> {
    return this.database.postgres.rows<Channel>(sql`
      SELECT ${COLUMNS} FROM notifications.channels ORDER BY name COLLATE "C", id`);
  }

  async find(id: string): Promise<SealedChannel | undefined> {
    const [row] = await this.database.postgres.rows<SealedChannel>(sql`
      SELECT ${COLUMNS}, envelope FROM notifications.channels WHERE id = ${id}::uuid`);
    return row;
  }

  async count(): Promise<number> {
    const rows = await this.database.postgres.rows<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM notifications.channels`,
    );
    return rows[0]?.count ?? 0;
  }

  async create(id: string, content: ChannelContent, envelope: string, createdBy: string): Promise<Saved> {
    const { name, kind, target, smtp, isSigned, allowPlaintext, rules } = content;
    return this.save(
      'channel.created',
      content,
      {},
      sql`
      INSERT INTO notifications.channels
        (id, name, kind, target, smtp, is_signed, allow_plaintext, rules, envelope, created_by)
      VALUES (${id}::uuid, ${name}, ${kind}, ${target}, ${smtp === null ? null : JSON.stringify(smtp)}::jsonb, ${isSigned},
              ${allowPlaintext}, ${JSON.stringify(rules)}::jsonb, ${envelope}, ${createdBy})`,
    );
  }

  /** Only as long as it is the one that was read. `paused` absent: as it is. */
  async update(
    { id, envelope: before }: SealedChannel,
    content: ChannelContent,
    { envelope, paused }: { readonly envelope: string; readonly paused: boolean | undefined },
    changed: readonly string[],
  ): Promise<Saved> {
    const { name, target, smtp, isSigned, allowPlaintext, rules } = content;
    const standing =
      paused === undefined
        ? sql``
        : paused
          ? sql`, paused_at = coalesce(paused_at, now()), reason = 'It was paused by hand.'`
          : sql`, paused_at = NULL, failing_since = NULL, reason = NULL, ${FREE}`;
    return this.save(
      'channel.updated',
      content,
      { changed: [...changed] },
      sql`
      UPDATE notifications.channels
         SET name = ${name}, target = ${target}, smtp = ${smtp === null ? null : JSON.stringify(smtp)}::jsonb,
             is_signed = ${isSigned}, allow_plaintext = ${allowPlaintext}, rules = ${JSON.stringify(rules)}::jsonb,
             envelope = ${envelope} ${standing}
       WHERE id = ${id}::uuid AND envelope = ${before}`,
    );
  }

  /** Its name; undefined where there is none of this id. */
  async delete(id: string): Promise<string | undefined> {
    const removed = await this.trail.write(
      async (queries) => {
        const rows = await queries.rows<{ name: string }>(
          sql`DELETE FROM notifications.channels WHERE id = ${id}::uuid RETURNING name`,
        );
        return rows[0];
      },
      ({ name }) => auditDraft({ action: 'channel.removed', target: `notification channel ${name}` }),
    );
    return removed?.name;
  }

  private async save(
    action: 'channel.created' | 'channel.updated',
    { name, kind, target, rules }: ChannelContent,
    details: Readonly<Record<string, string[]>>,
    statement: Sql,
  ): Promise<Saved> {
    try {
      const count = await this.trail.write(
        async (queries) => (await queries.count(statement)) || undefined,
        () =>
          auditDraft({
            action,
            target: `notification channel ${name}`,
            details: { kind, to: target, events: [...new Set(rules.flatMap(({ events }) => events))], ...details },
          }),
      );
      return count === undefined ? 'gone' : 'saved';
    } catch (error) {
      if (isTaken(error)) return 'name-taken';
      throw error;
    }
  }
}
