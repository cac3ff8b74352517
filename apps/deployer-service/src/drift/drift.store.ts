import type { Target } from '@ushadow/contracts';
import { Injectable } from '@nestjs/common';
import { sql, type Queries } from '@ushadow/postgres';
import type { StackDrift as Row } from '../generated/prisma/client.ts';
import { lockStack } from '../deployments/store/status.store.ts';
import { Database } from '../store/database.store.ts';
import { changeOf, withUnseen, type DriftChange, type FoundDrift, type StoredDrift } from './drift.ts';

/** One check of a stack that somebody holds. */
export interface DriftLease {
  readonly stackId: string;
  readonly owner: string;
}

export interface KeptDrift {
  readonly change: DriftChange;
  readonly stored: StoredDrift;
  /** Since when it had drifted, for what is over. */
  readonly before: Date | null;
}

interface KnownRow extends Pick<FoundDrift, 'revision' | 'count' | 'objects'> {
  readonly since: Date | null;
}

const LEASE_SECONDS = 60;
/** What could not be asked is left alone for so long. */
const UNREACHABLE_MINUTES = 5;

/** What was found of drift, and whose turn it is to be looked at. All times are Postgres' own. */
@Injectable()
export class DriftStore {
  constructor(private readonly database: Database) {}

  async find(stackId: string): Promise<StoredDrift | undefined> {
    const row = await this.database.prisma.stackDrift.findUnique({ where: { stackId } });
    return row === null ? undefined : fromRow(row);
  }

  /**
   * Keeps what was found, and says what is new of it. Undefined: a deployment has begun or ended meanwhile, so that it may be
   * of something in between; nothing is kept then.
   */
  async keep(stackId: string, seen: FoundDrift, everyMinutes: number): Promise<KeptDrift | undefined> {
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, { stackId });
      if (!(await isStill(queries, stackId, seen.revision))) return undefined;
      const [row] = await queries.rows<KnownRow>(sql`
        SELECT revision, count, objects, drifted_since AS since FROM deployments.stack_drift WHERE stack_id = ${stackId}::uuid`);
      const found = withUnseen(row, seen);
      const change = changeOf(row, found);
      const isOver = found.count === 0;
      const [kept] = await queries.rows<{ since: Date | null; checkedAt: Date }>(sql`
        INSERT INTO deployments.stack_drift AS known
          (stack_id, revision, checked_at, drifted_since, checked, count, objects, unseen, next_check_at)
        VALUES (${stackId}::uuid, ${found.revision}, now(), CASE WHEN ${isOver} THEN NULL ELSE now() END, ${found.checked},
          ${found.count}, ${JSON.stringify(found.objects)}::jsonb, ${[...found.unseen]}::text[],
          now() + make_interval(secs => ${everyMinutes * 60} * (0.75 + random() / 2)))
        ON CONFLICT (stack_id) DO UPDATE SET
          revision = excluded.revision, checked_at = excluded.checked_at, checked = excluded.checked,
          count = excluded.count, objects = excluded.objects, unseen = excluded.unseen,
          next_check_at = excluded.next_check_at, lease_owner = NULL, lease_until = NULL,
          drifted_since = CASE WHEN ${isOver} THEN NULL ELSE coalesce(known.drifted_since, now()) END
        RETURNING drifted_since AS since, checked_at AS "checkedAt"`);
      if (kept === undefined) throw new Error('what was found of drift was not kept');
      return { change, stored: { stackId, ...found, ...kept }, before: row?.since ?? null };
    });
  }

  /**
   * The next stack to look at, held for a while. Of each cluster one is looked at at a time, whoever does it; those under a
   * deployment have their turn later.
   *
   * @param but clusters that are not to be asked now
   */
  async claim(owner: string, but: readonly string[]): Promise<DriftLease | undefined> {
    return this.database.postgres.transaction(async (queries) => {
      // Two that claim at once would see no lease of the other.
      const [free] = await queries.rows<{ free: boolean }>(
        sql`SELECT pg_try_advisory_xact_lock(hashtextextended('drift', 0)) AS free`,
      );
      if (free?.free !== true) return undefined;
      const [row] = await queries.rows<{ id: string }>(sql`
        UPDATE deployments.stack_drift SET lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
         WHERE stack_id = (
           SELECT due.stack_id FROM deployments.stack_drift AS due JOIN deployments.stacks AS stack ON stack.id = due.stack_id
            WHERE due.next_check_at <= now() AND (due.lease_until IS NULL OR due.lease_until < now())
              AND stack.target_kind || '/' || stack.target_id <> ALL(${[...but]}::text[])
              AND NOT EXISTS (
                SELECT FROM deployments.stack_drift AS held JOIN deployments.stacks AS other ON other.id = held.stack_id
                 WHERE held.lease_until >= now() AND other.target_kind = stack.target_kind AND other.target_id = stack.target_id)
              AND NOT EXISTS (
                SELECT FROM deployments.deployments
                 WHERE stack_id = stack.id AND status IN ('pending', 'deploying'))
            ORDER BY due.next_check_at LIMIT 1)
        RETURNING stack_id AS id`);
      return row === undefined ? undefined : { stackId: row.id, owner };
    });
  }

  /** Gives stacks that were deployed since the last time a turn of their own, spread over an interval. */
  async enlist(everyMinutes: number): Promise<number> {
    return this.database.postgres.transaction((queries) =>
      queries.count(sql`
        INSERT INTO deployments.stack_drift (stack_id, next_check_at)
        SELECT id, now() + make_interval(secs => ${everyMinutes * 60} * random()) FROM deployments.stacks AS stack
         WHERE NOT EXISTS (SELECT FROM deployments.stack_drift WHERE stack_id = stack.id)
           AND EXISTS (SELECT FROM deployments.deployments WHERE stack_id = stack.id AND content IS NOT NULL)
         LIMIT 500
        ON CONFLICT (stack_id) DO NOTHING`),
    );
  }

  /** Lets go of a stack that could not be looked at, until its next turn. */
  async release({ stackId, owner }: DriftLease, everyMinutes: number): Promise<void> {
    await this.database.postgres.rows(sql`
      UPDATE deployments.stack_drift SET lease_owner = NULL, lease_until = NULL,
        next_check_at = now() + make_interval(secs => ${everyMinutes * 60} * (0.75 + random() / 2))
       WHERE stack_id = ${stackId}::uuid AND lease_owner = ${owner}`);
  }

  /** The stacks of a target that does not answer wait. */
  async postpone({ kind, id }: Target): Promise<void> {
    await this.database.postgres.rows(sql`
      UPDATE deployments.stack_drift SET lease_owner = NULL, lease_until = NULL,
        next_check_at = greatest(next_check_at, now() + make_interval(secs => ${UNREACHABLE_MINUTES * 60} * (0.5 + random())))
       WHERE stack_id IN (SELECT id FROM deployments.stacks WHERE target_kind = ${kind} AND target_id = ${id})
         AND (lease_until IS NULL OR lease_until < now() OR next_check_at <= now())`);
  }

  /** A stack that had drifted is looked at soon: a deployment of it has ended. */
  async wake(stackId: string): Promise<void> {
    await this.database.postgres.rows(sql`
      UPDATE deployments.stack_drift SET next_check_at = now() + interval '2 seconds'
       WHERE stack_id = ${stackId}::uuid AND count > 0`);
  }
}

/** No deployment is under way, and the content is that of the revision. */
async function isStill(queries: Queries, stackId: string, revision: number): Promise<boolean> {
  const [row] = await queries.rows<{ active: boolean; revision: number | null }>(sql`
    SELECT EXISTS (SELECT FROM deployments.deployments
                    WHERE stack_id = ${stackId}::uuid AND status IN ('pending', 'deploying')) AS active,
           (SELECT revision FROM deployments.deployments
             WHERE stack_id = ${stackId}::uuid AND content IS NOT NULL ORDER BY revision DESC LIMIT 1) AS revision`);
  return row?.active === false && row.revision === revision;
}

function fromRow(row: Row): StoredDrift | undefined {
  if (row.checkedAt === null || row.revision === null) return undefined;
  const { stackId, revision, checked, count, unseen, checkedAt, driftedSince } = row;
  const objects = row.objects as unknown as StoredDrift['objects'];
  return { stackId, revision, checked, count, objects, unseen, checkedAt, since: driftedSince };
}
