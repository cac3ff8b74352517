import type { Queries } from '../queries.ts';
import { sql, type Sql } from '../sql.ts';
import type { Chore, ChoreStep } from './chore.ts';

const BATCH = 500;

export interface OldRows {
  readonly table: Sql;
  /** Which rows may go; over the table under its own name. */
  readonly where: (now: Date) => Sql;
}

/** A chore that deletes rows, some hundreds at once; those that somebody is using are left for the next time. */
export function deleteOld(name: string, { table, where }: OldRows): Chore {
  return {
    name,
    step: async (queries: Queries, now: Date): Promise<ChoreStep> => {
      const gone = await queries.count(sql`
        DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM ${table} WHERE ${where(now)} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`);
      return gone < BATCH ? { gone } : { gone, next: 'more' };
    },
  };
}
