import type { Target } from '@ushadow/contracts';
import { sql } from '@ushadow/postgres';
import { lockStack, promoteQueued } from '../../deployments/store/status.store.ts';
import { jobMessage } from '../../outbox/outbox-message.ts';
import { addToOutbox } from '../../outbox/outbox.store.ts';
import type { Database } from '../../store/database.store.ts';
import { lockTarget } from './lease.store.ts';

interface RequeuedDeployment {
  readonly id: string;
  readonly actor: string;
  readonly requestId: string;
}

const BATCH = 100;
/** After the first time for a lost lease, again so soon. */
const AGAIN_SECONDS = 1;

/**
 * Puts deployments into the queue again that would otherwise wait for ever. Postgres alone says which these are: `woken_at` is
 * when one last was, `parked_at` since when it is deferred for want of room in its cluster.
 */
export class RequeueStore {
  private readonly database: Database;
  private readonly leaseSeconds: number;

  constructor(database: Database, leaseSeconds: number) {
    this.database = database;
    this.leaseSeconds = leaseSeconds;
  }

  /**
   * Active ones nobody has held for a while: their message or their worker was lost. A message may go to a worker that
   * has just frozen, so after a lost lease others follow, each after twice the time; no storm while all workers are busy.
   * Whichever was requeued longest ago comes first, so that each has its turn, however many there are.
   */
  async requeueAbandoned(): Promise<RequeuedDeployment[]> {
    const lease = sql`make_interval(secs => ${this.leaseSeconds})`;
    // One that was never begun may just be far back in the queue.
    const patience = sql`CASE status WHEN 'pending' THEN 2 * ${lease} ELSE ${lease} END`;
    const again = sql`CASE WHEN lease_until IS NULL THEN ${patience}
      ELSE least(${lease}, greatest(make_interval(secs => ${AGAIN_SECONDS}), woken_at - lease_until)) END`;
    return this.database.postgres.transaction(async (queries) => {
      const rows = await queries.rows<RequeuedDeployment>(sql`
        UPDATE deployments.deployments SET woken_at = now(), parked_at = NULL
         WHERE id = ANY(ARRAY(
           SELECT id FROM deployments.deployments
            WHERE status IN ('pending', 'deploying') AND coalesce(lease_until, created_at + ${patience}) < now()
              AND (woken_at IS NULL OR woken_at < now() - ${again})
              AND (parked_at IS NULL OR parked_at < now() - 4 * ${lease})
              AND id::text NOT IN (
                SELECT payload ->> 'deployment_id' FROM deployments.outbox
                 WHERE sent_at IS NULL AND set_aside_at IS NULL AND kind = 'job' AND payload ? 'deployment_id')
            ORDER BY coalesce(woken_at, lease_until, created_at) LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
        RETURNING id, actor, request_id AS "requestId"`);
      await addToOutbox(
        queries,
        rows.map((row) => jobMessage(row.id, row)),
      );
      return rows;
    });
  }

  /** A stack in a cluster has become free: the one that has waited longest gets it. */
  async requeueDeferred(target: Target): Promise<void> {
    await this.database.postgres.transaction(async (queries) => {
      await lockTarget(queries, target);
      const rows = await queries.rows<RequeuedDeployment>(sql`
        UPDATE deployments.deployments SET parked_at = NULL, woken_at = now()
         WHERE id = (SELECT id FROM deployments.deployments
                      WHERE target_kind = ${target.kind} AND target_id = ${target.id} AND parked_at IS NOT NULL
                      ORDER BY created_at, id LIMIT 1)
        RETURNING id, actor, request_id AS "requestId"`);
      await addToOutbox(
        queries,
        rows.map((row) => jobMessage(row.id, row)),
      );
    });
  }

  /** Should one wait for a predecessor that is gone: ends promote their successors themselves. */
  async promoteStranded(): Promise<void> {
    const stranded = await this.database.postgres.rows<{ stackId: string }>(sql`
      SELECT DISTINCT stack_id AS "stackId" FROM deployments.deployments AS waiting
       WHERE status = 'queued' AND NOT EXISTS (
         SELECT FROM deployments.deployments AS active
          WHERE active.stack_id = waiting.stack_id AND active.status IN ('pending', 'deploying'))
       LIMIT ${BATCH}`);
    for (const stack of stranded) {
      await this.database.postgres.transaction(async (queries) => {
        await lockStack(queries, stack);
        await promoteQueued(queries, stack);
      });
    }
  }
}
