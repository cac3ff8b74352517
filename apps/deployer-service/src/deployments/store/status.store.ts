import type { ProgressEventData } from '@ushadow/contracts';
import { noSql, sql, type Queries, type Sql } from '@ushadow/postgres';
import { jobMessage } from '../../outbox/outbox-message.ts';
import { addToOutbox } from '../../outbox/outbox.store.ts';
import type { DeploymentStatus, Verdict } from '../deployment.ts';
import { statusesBefore } from '../transitions.ts';

export interface Progress {
  readonly type: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * The one way in which a status changes: by the table of transitions, in one statement. False: the deployment is not
 * where that transition starts, or `where` does not hold, and nothing was changed.
 */
export async function changeStatus(
  queries: Queries,
  id: string,
  to: DeploymentStatus,
  { set = noSql, where = noSql }: { readonly set?: Sql; readonly where?: Sql } = {},
): Promise<boolean> {
  const count = await queries.count(sql`
    UPDATE deployments.deployments SET status = ${to}${set}
     WHERE id = ${id}::uuid AND status = ANY(${statusesBefore(to)}::text[])${where}`);
  return count === 1;
}

/** Keeps everything that begins or ends a deployment of this stack apart until the transaction is over. */
export async function lockStack(queries: Queries, { stackId }: { readonly stackId: string }): Promise<void> {
  const key = `stack ${stackId}`;
  await queries.count(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/**
 * Adds events under the next numbers, while `where` holds. Numbers, check and rows are one statement: numbers have no gap,
 * and who may not write adds nothing.
 */
export async function insertEvents(
  queries: Queries,
  id: string,
  progress: readonly Progress[],
  where: Sql,
): Promise<ProgressEventData[]> {
  const rows = await queries.rows<StoredEvent>(sql`
    WITH held AS (
      UPDATE deployments.deployments SET last_sequence = last_sequence + ${progress.length}::int
       WHERE id = ${id}::uuid AND ${where} RETURNING last_sequence - ${progress.length}::int AS before, attempt)
    INSERT INTO deployments.progress_events (deployment_id, sequence, attempt, time, type, message, data)
    SELECT ${id}::uuid, before + position, attempt, clock_timestamp(), event ->> 'type', event ->> 'message', event -> 'data'
      FROM held, jsonb_array_elements(${JSON.stringify(progress)}::jsonb) WITH ORDINALITY AS told (event, position)
     ORDER BY position RETURNING sequence, attempt, time, type, message, data`);
  return rows
    .map((row) => ({ deployment_id: id, ...row, time: row.time.toISOString() }))
    .toSorted((one, other) => one.sequence - other.sequence);
}

type StoredEvent = Omit<ProgressEventData, 'deployment_id' | 'time'> & { readonly time: Date };

/** The same for one event; undefined when `where` does not hold. */
export async function insertEvent(
  queries: Queries,
  id: string,
  progress: Progress,
  where: Sql,
): Promise<ProgressEventData | undefined> {
  const [event] = await insertEvents(queries, id, [progress], where);
  return event;
}

/** The event with a verdict. */
export function verdictEvent(verdict: Verdict, message: string): Progress {
  return { type: 'verdict', message, data: { ...verdict } };
}

/** Ends a deployment that no worker has begun; undefined when one has. */
export async function endUnheld(
  queries: Queries,
  id: string,
  verdict: Verdict,
): Promise<ProgressEventData | undefined> {
  const unheld = sql`status IN ('queued', 'pending')`;
  const event = await insertEvent(queries, id, verdictEvent(verdict, verdict.reason ?? verdict.status), unheld);
  if (event === undefined) return undefined;
  const set = sql`, verdict = ${JSON.stringify(verdict)}::jsonb, finished_at = now(), parked_at = NULL`;
  await changeStatus(queries, id, verdict.status, { set });
  return event;
}

/** Lets the one that has waited longest for this stack begin, now that none is under way. Gives its id. */
export async function promoteQueued(
  queries: Queries,
  { stackId }: { readonly stackId: string },
): Promise<string | undefined> {
  const rows = await queries.rows<{ id: string; actor: string; requestId: string }>(sql`
    SELECT id, actor, request_id AS "requestId" FROM deployments.deployments AS waiting
     WHERE stack_id = ${stackId}::uuid AND status = 'queued'
       AND NOT EXISTS (
         SELECT FROM deployments.deployments WHERE stack_id = ${stackId}::uuid AND status IN ('pending', 'deploying'))
     ORDER BY revision LIMIT 1`);
  const [row] = rows;
  if (row === undefined || !(await changeStatus(queries, row.id, 'pending'))) return undefined;
  await addToOutbox(queries, [jobMessage(row.id, row)]);
  return row.id;
}
