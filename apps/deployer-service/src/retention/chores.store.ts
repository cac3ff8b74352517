import { deleteOld, Maintenance, identifier, sql, type Chore, type MaintenanceParts } from '@ushadow/postgres';
import { outboxTable } from '../outbox/outbox.store.ts';
import type { Database } from '../store/database.store.ts';
import { oldEvents } from './old-events.store.ts';
import { oldStacks } from './old-stacks.store.ts';
import { beforeHistory, beforeKeepDays, settledAt, unfinished, type Retention } from './retention.store.ts';
import { thinRevisions } from './thin-revisions.store.ts';

const own = (table: string) => identifier('deployments', table);

/** Keeps the tables of this service from growing without end. */
export function maintenanceOf(
  { postgres }: Database,
  retention: Retention,
  parts: Pick<MaintenanceParts, 'onFailure' | 'clock' | 'limitMs'>,
): Maintenance {
  return new Maintenance({ ...parts, postgres, lockName: 'deployments', chores: choresOf(retention) });
}

function choresOf(retention: Retention): Chore[] {
  return [
    ...oldEvents(retention),
    thinRevisions(retention),
    deleteOld('history', {
      table: own('deployments'),
      where: (now) => sql`thinned_at IS NOT NULL AND ${settledAt} < ${beforeHistory(now, retention)}`,
    }),
    deleteOld('plans', {
      table: own('plans'),
      where: (now) => sql`
        expires_at < ${beforeKeepDays(now, retention)}
        AND id NOT IN (SELECT plan_id FROM deployments.deployments WHERE plan_id IS NOT NULL AND ${unfinished})`,
    }),
    oldStacks(retention),
    ...outboxTable.chores(retention.keepDays),
    deleteOld('dead letters', {
      table: own('dead_letters'),
      where: (now) => sql`created_at < ${beforeKeepDays(now, retention)}`,
    }),
    deleteOld('idempotency keys', {
      table: own('idempotency_keys'),
      where: (now) => sql`created_at < ${now}::timestamptz - interval '1 day'`,
    }),
  ];
}
