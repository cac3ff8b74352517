import { deleteOld, identifier, Maintenance, sql } from '@ushadow/postgres';
import type { Database } from '../store/database.store.ts';

/** What lets nobody in any more goes. */
const tokensThatAreOver = deleteOld('tokens that are over', {
  table: identifier('access', 'tokens'),
  where: (now) => sql`expires_at < ${now}::timestamptz`,
});

export function maintenanceOf({ postgres }: Database, onFailure: (chore: string, error: unknown) => void): Maintenance {
  return new Maintenance({ postgres, lockName: 'tokens', chores: [tokensThatAreOver], onFailure });
}
