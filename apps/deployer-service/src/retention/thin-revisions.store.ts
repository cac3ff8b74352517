import { identifier, sql, type Chore, type Queries, type Sql } from '@ushadow/postgres';
import { RESTORABLE } from '../history/revisions.ts';
import { TRIED } from '../stacks/stack-contents.ts';
import { beforeKeepDays, settledAt, unfinished, type Retention } from './retention.store.ts';

const BATCH = 200;
const table = identifier('deployments', 'deployments');

interface Looked {
  readonly gone: bigint;
  readonly last: string | null;
}

/**
 * Takes from old revisions what is large and secret: the sealed objects, the inventory and the variables. The row stays as
 * history. What anything still leads to stays whole, however old it is, unless its cluster was removed so long ago.
 */
export function thinRevisions(retention: Retention): Chore {
  return {
    name: 'revisions',
    step: async (queries: Queries, now: Date, after: string | undefined) => {
      const [row] = await queries.rows<Looked>(sql`
        WITH old AS (
          SELECT id, ${settledAt} AS settled FROM ${table}
           WHERE thinned_at IS NULL AND NOT (${unfinished}) AND ${settledAt} < ${beforeKeepDays(now, retention)}
             AND ${after === undefined ? sql`true` : sql`(${settledAt}, id) > (${placeOf(after)})`}
           ORDER BY settled, id LIMIT ${BATCH}),
        thinned AS (
          UPDATE ${table} AS made
             SET desired = NULL, content = NULL, inventory = NULL, environment = '{}', thinned_at = ${now}
            FROM old WHERE made.id = old.id AND NOT made.is_of_service AND NOT ${isNeeded(retention, now)}
          RETURNING made.id)
        SELECT (SELECT count(*) FROM thinned) AS gone,
               (SELECT extract(epoch FROM settled)::text || ' ' || id FROM old
                 ORDER BY settled DESC, id DESC LIMIT 1) AS last`);
      const gone = Number(row?.gone ?? 0);
      return row?.last == null ? { gone } : { gone, next: row.last };
    },
  };
}

/** The last one examined: those that stay are not examined again in the same run. */
function placeOf(after: string): Sql {
  const [seconds = '', id = ''] = after.split(' ');
  return sql`to_timestamp(${seconds}::numeric), ${id}::uuid`;
}

/** Of the row `made`. Where it comes to a doubt, it is needed; but nothing leads back to a cluster that was removed. */
function isNeeded(retention: Retention, now: Date): Sql {
  return sql`(${isBaseOfUnfinished} OR NOT ${isOfRemovedCluster(retention, now)} AND (${isLedTo(retention)}))`;
}

function isOfRemovedCluster(retention: Retention, now: Date): Sql {
  return sql`EXISTS (
    SELECT FROM deployments.stacks WHERE id = made.stack_id AND target_gone_at < ${beforeKeepDays(now, retention)})`;
}

function isLedTo({ keepRevisions }: Retention): Sql {
  return joinOr([
    isTagged,
    isAmongNewest(sql`content IS NOT NULL`, keepRevisions),
    // The newest and the one before it at least: a rollback of the newest deployment goes there.
    isAmongNewest(isRestorable, Math.max(2, keepRevisions)),
    isNextBack,
    isTriedSinceGood,
    isNewestOfStack,
    isNewestInventory,
    isNewestOfLiveService,
  ]);
}

/** Somebody gave it a name: it stays as long as it has one. */
const isTagged = sql`made.tags <> '{}'`;

/** One of those that hold, and fewer than so many newer ones of the stack do. */
function isAmongNewest(holds: Sql, count: number): Sql {
  return sql`(${isOneOf(holds)} AND (
    SELECT count(*) FROM (
      SELECT FROM ${table} AS newer
       WHERE stack_id = made.stack_id AND revision > made.revision AND ${holds} LIMIT ${count}) AS newest) < ${count})`;
}

function isOneOf(holds: Sql): Sql {
  return sql`EXISTS (SELECT FROM ${table} WHERE id = made.id AND ${holds})`;
}

/** What one may want to go back to. */
const isRestorable = sql`(content IS NOT NULL AND status = 'succeeded' AND NOT undone AND kind = ANY (${[...RESTORABLE]}::text[]))`;

/** Where a rollback of the whole goes: the newest whose content is another than the current. */
const isNextBack = sql`made.revision = (
  SELECT max(revision) FROM ${table} WHERE stack_id = made.stack_id AND ${isRestorable}
     AND after_digest IS DISTINCT FROM (
       SELECT after_digest FROM ${table} WHERE stack_id = made.stack_id AND status = 'succeeded'
        ORDER BY revision DESC LIMIT 1))`;

/** Where data lies, and what the stack stands at, is known by the last good one and what was tried since then. */
const isTriedSinceGood = sql`(
  made.revision >= coalesce((
    SELECT least(max(revision) FILTER (WHERE content IS NOT NULL), max(revision) FILTER (WHERE status = 'succeeded'))
      FROM ${table} WHERE stack_id = made.stack_id), 0)
  AND (SELECT count(*) FROM (
    SELECT FROM ${table} AS newer WHERE stack_id = made.stack_id AND revision > made.revision LIMIT ${TRIED}) AS later)
      < ${TRIED})`;

/** The next number follows it. */
const isNewestOfStack = sql`made.revision = (SELECT max(revision) FROM ${table} WHERE stack_id = made.stack_id)`;

/** It knows what is the stack's in its cluster. */
const isNewestInventory = sql`made.revision = (
  SELECT max(revision) FROM ${table} WHERE stack_id = made.stack_id AND inventory IS NOT NULL)`;

/** What was last asked of a service, and with which variables, as long as the service has something in its cluster. */
const isNewestOfLiveService = sql`EXISTS (
  SELECT FROM unnest(made.services) AS own (service)
   WHERE service IN (
       SELECT jsonb_array_elements_text(entry -> 'services')
         FROM (SELECT inventory FROM ${table} WHERE stack_id = made.stack_id AND inventory IS NOT NULL
                ORDER BY revision DESC LIMIT 1) AS live, jsonb_array_elements(live.inventory) AS entry)
     AND (NOT EXISTS (
            SELECT FROM ${table} AS newer WHERE newer.stack_id = made.stack_id AND newer.revision > made.revision
               AND service = ANY (newer.services))
          OR made.kind = 'deploy' AND NOT EXISTS (
            SELECT FROM ${table} AS newer WHERE newer.stack_id = made.stack_id AND newer.revision > made.revision
               AND newer.kind = 'deploy' AND service = ANY (newer.services))))`;

/** Something that has not ended brings it back, or is made from it. */
const isBaseOfUnfinished = sql`EXISTS (
  SELECT FROM ${table} AS later WHERE later.stack_id = made.stack_id AND later.based_on = made.id
     AND later.status IN ('queued', 'pending', 'deploying'))`;

function joinOr(conditions: readonly Sql[]): Sql {
  return conditions.reduce((before, next) => sql`${before} OR ${next}`);
}
