import { deleteOld, identifier, Maintenance, sql, type Chore } from '@ushadow/postgres';
import type { NotifierConfig } from '../config.ts';
import type { Database } from '../store/database.store.ts';

const DELIVERIES = identifier('notifications', 'deliveries');
const HOOK_CALLS = identifier('notifications', 'hook_calls');
/** Of one hook; years of calls. */
const TIMELESS_CALLS_MAX = 10_000;

/** Deliveries go with their attempts when they are old, or when a channel has many newer ones; what waits stays. */
export function chores({ KEEP_DAYS, KEEP_DELIVERIES }: Pick<NotifierConfig, 'KEEP_DAYS' | 'KEEP_DELIVERIES'>): Chore[] {
  return [
    deleteOld('old deliveries', {
      table: DELIVERIES,
      where: (now) => sql`
        state <> 'waiting' AND created_at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS}::int)`,
    }),
    // Older calls are refused by their time.
    deleteOld('calls of hooks', {
      table: HOOK_CALLS,
      where: (now) => sql`
        nonce NOT LIKE 'hub %' AND at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS}::int)`,
    }),
    // Those that were signed without a time could come again at any: they are known as long as their hook is there.
    deleteOld('calls of busy hooks', {
      table: HOOK_CALLS,
      where: () => sql`
        (hook_id, nonce) IN (
          SELECT hook_id, nonce FROM (
            SELECT hook_id, nonce, row_number() OVER (PARTITION BY hook_id ORDER BY at DESC) AS place
              FROM notifications.hook_calls WHERE nonce LIKE 'hub %') AS placed
           WHERE place > ${TIMELESS_CALLS_MAX}::bigint)`,
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
