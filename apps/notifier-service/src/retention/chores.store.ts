import { deleteOld, identifier, Maintenance, sql, type Chore } from '@ushadow/postgres';
import type { NotifierConfig } from '../config.ts';
import type { Database } from '../store/database.store.ts';

const DELIVERIES = identifier('notifications', 'deliveries');

/** Deliveries go with their attempts when they are old, or when a channel has many newer ones; what waits stays. */
export function chores({ KEEP_DAYS, KEEP_DELIVERIES }: Pick<NotifierConfig, 'KEEP_DAYS' | 'KEEP_DELIVERIES'>): Chore[] {
  return [
    deleteOld('old deliveries', {
      table: DELIVERIES,
      where: (now) => sql`
        state <> 'waiting' AND created_at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS}::int)`,
    }),
    // Older calls are refused by their time, or were signed without one.
    deleteOld('calls of hooks', {
      table: identifier('notifications', 'hook_calls'),
      where: (now) => sql`at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS}::int)`,
    }),
    deleteOld('deliveries of busy channels', {
      table: DELIVERIES,
      where: () => sql`
        state <> 'waiting' AND position <= (
          SELECT newer.position FROM notifications.deliveries AS newer
           WHERE newer.channel_id = deliveries.channel_id ORDER BY newer.position DESC
          OFFSET ${KEEP_DELIVERIES}::bigint LIMIT 1)`,
    }),
  ];
}

export function maintenanceOf(
  { postgres }: Database,
  config: NotifierConfig,
  onFailure: (chore: string, error: unknown) => void,
): Maintenance {
  return new Maintenance({ postgres, lockName: 'deliveries', chores: chores(config), onFailure });
}
