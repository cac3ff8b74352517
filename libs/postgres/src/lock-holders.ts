import type { Client } from 'pg';

/** A session that holds a lock: what an operator needs to find it, and to end it with `pg_terminate_backend`. */
export interface LockHolder {
  readonly pid: number;
  readonly application: string;
  readonly state: string | null;
  /** How long its transaction has been open; null where that is not ours to see. */
  readonly seconds: number | null;
}

const HOLDER = `a.pid, coalesce(nullif(a.application_name, ''), a.usename, 'unnamed') AS application, a.state,
  extract(epoch FROM clock_timestamp() - a.xact_start)::int AS seconds`;
const SHOWN = 5;

export async function holdersOfAdvisoryLock(client: Client, space: number, key: string): Promise<LockHolder[]> {
  const { rows } = await client.query<LockHolder>(
    `SELECT DISTINCT ${HOLDER} FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND a.pid <> pg_backend_pid()
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid::bigint = $1 AND l.objid::bigint = hashtext($2)::bigint & 4294967295
      ORDER BY seconds DESC NULLS LAST LIMIT ${String(SHOWN)}`,
    [space, key],
  );
  return rows;
}

/** Whoever has used a table of the current schema in a transaction that is open still. */
export async function holdersOfOwnTables(client: Client): Promise<LockHolder[]> {
  const { rows } = await client.query<LockHolder>(
    `SELECT DISTINCT ${HOLDER} FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
       JOIN pg_class AS c ON c.oid = l.relation
      WHERE l.granted AND a.pid <> pg_backend_pid() AND c.relnamespace = current_schema()::regnamespace
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY seconds DESC NULLS LAST LIMIT ${String(SHOWN)}`,
  );
  return rows;
}

export function describeHolders(holders: readonly LockHolder[]): string {
  if (holders.length === 0) return 'whoever held it has let go meanwhile';
  const each = holders.map(({ pid, application, state, seconds }) => {
    const since = seconds === null ? '' : ` for ${String(seconds)} s`;
    return `pid ${String(pid)} (${application}${state === null ? '' : `, ${state}${since}`})`;
  });
  return `${each.join(', ')}; pg_terminate_backend(pid) ends it`;
}
