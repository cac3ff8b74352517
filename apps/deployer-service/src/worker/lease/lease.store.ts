import { targetKey, type ProgressEventData, type Target } from '@ushadow/contracts';
import { sql, type AuditDraft, type AuditTrail, type Queries, type Sql } from '@ushadow/postgres';
import type { OwnedEntry } from '../../content/owned-entry.ts';
import type { Deployment, EndRequest, Verdict } from '../../deployments/deployment.ts';
import { findDeployment } from '../../deployments/store/deployment-row.store.ts';
import {
  changeStatus,
  insertEvent,
  insertEvents,
  lockStack,
  promoteQueued,
  type Progress,
} from '../../deployments/store/status.store.ts';
import { jobMessage } from '../../outbox/outbox-message.ts';
import { addToOutbox } from '../../outbox/outbox.store.ts';
import type { Database } from '../../store/database.store.ts';
import { releaseAdopted, markUndone } from '../finish/after-end.store.ts';

export interface Ending {
  readonly verdict: Verdict;
  /** The event with the verdict. */
  readonly last: Progress;
  readonly audit: AuditDraft;
  /** Digest of the state it has left, where that is known. */
  readonly afterDigest: string | null;
  /** The complete state it has left, sealed, where that is a good one. */
  readonly content: string | null;
  /** What is ours in the cluster now. */
  readonly inventory: readonly OwnedEntry[];
}

/** A worker's hold on a deployment. The epoch grows with each holder; every write names it, so that a former holder writes nothing. */
export interface Lease {
  readonly deploymentId: string;
  readonly epoch: bigint;
  readonly attempt: number;
  /** When it was taken, by Postgres. */
  readonly takenAt: Date;
}

export type Taken =
  | { readonly kind: 'taken'; readonly lease: Lease; readonly deployment: Deployment }
  /** Somebody else has it, or it has ended. */
  | { readonly kind: 'not-to-have' }
  /** Its cluster has enough to do; who ends there requeues it. */
  | { readonly kind: 'deferred' };

export interface LeaseLimits {
  readonly seconds: number;
  /** Deployments under way at once in one cluster. */
  readonly perCluster: number;
}

/** All times are Postgres' own, never a worker's. */
export class LeaseStore {
  private readonly database: Database;
  private readonly limits: LeaseLimits;
  private readonly trail: AuditTrail;

  constructor(database: Database, limits: LeaseLimits, trail: AuditTrail) {
    this.database = database;
    this.trail = trail;
    this.limits = limits;
  }

  /** Takes the deployment when it is active, nobody holds it, and its target has room. */
  async take(deploymentId: string, owner: string): Promise<Taken> {
    return this.database.postgres.transaction(async (queries): Promise<Taken> => {
      const known = await findDeployment(queries, deploymentId);
      if (known === undefined || !['pending', 'deploying'].includes(known.status)) return { kind: 'not-to-have' };
      await lockTarget(queries, known.target);
      const free = sql` AND (lease_until IS NULL OR lease_until < clock_timestamp())`;
      if (!(await this.hasRoom(queries, known.target, deploymentId))) {
        const deferred = await queries.count(sql`
          UPDATE deployments.deployments SET parked_at = clock_timestamp()
           WHERE id = ${deploymentId}::uuid AND status IN ('pending', 'deploying')${free}`);
        return { kind: deferred === 1 ? 'deferred' : 'not-to-have' };
      }
      // Who releases a lease says so; an owner that is still there has vanished.
      const set = sql`, losses = losses + (lease_owner IS NOT NULL)::int, lease_owner = ${owner},
        lease_epoch = nextval('deployments.lease_epoch'), lease_until = ${this.until()}, attempt = attempt + 1,
        started_at = coalesce(started_at, clock_timestamp()), parked_at = NULL`;
      if (!(await changeStatus(queries, deploymentId, 'deploying', { set, where: free })))
        return { kind: 'not-to-have' };
      const deployment = (await findDeployment(queries, deploymentId)) ?? known;
      const { epoch, now } = await epochOf(queries, deploymentId);
      const lease = { deploymentId, epoch, attempt: deployment.attempt, takenAt: now };
      return { kind: 'taken', lease, deployment };
    });
  }

  /** What is asked for of it meanwhile; undefined when the lease is lost. */
  async renew(lease: Lease): Promise<{ readonly ending: EndRequest | null } | undefined> {
    const rows = await this.database.postgres.rows<{ ending: EndRequest | null }>(sql`
      UPDATE deployments.deployments SET lease_until = ${this.until()}
       WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)} RETURNING ending`);
    return rows[0];
  }

  /** Lets another worker take over at once, or after a while. */
  async release(
    lease: Lease,
    again?: { readonly delayMs: number; readonly actor: string; readonly requestId: string },
  ) {
    return this.database.postgres.transaction(async (queries) => {
      const count = await queries.count(sql`
        UPDATE deployments.deployments SET lease_until = NULL, lease_owner = NULL, woken_at = now()
         WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)}`);
      if (count === 1 && again !== undefined)
        await addToOutbox(queries, [jobMessage(lease.deploymentId, again, again.delayMs)]);
      return count === 1;
    });
  }

  /** Stores events under the next numbers, all or none; none when the lease is lost. */
  async append(lease: Lease, ...progress: readonly Progress[]): Promise<ProgressEventData[]> {
    return insertEvents(this.database.postgres, lease.deploymentId, progress, held(lease));
  }

  /** Notes which plan is applied. */
  async notePlan(lease: Lease, planHash: string): Promise<void> {
    await this.database.postgres.count(sql`
      UPDATE deployments.deployments SET plan_hash = ${planHash}
       WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)}`);
  }

  /** Lets epochs go on above one that was given before this database was put back. */
  async raiseEpoch(above: bigint): Promise<void> {
    await this.database.postgres.count(sql`
      SELECT setval('deployments.lease_epoch', greatest(${above}, nextval('deployments.lease_epoch')))`);
  }

  /** Ends the deployment with all that is known of its end, in one transaction; undefined when the lease is lost. */
  async finish(lease: Lease, deployment: Deployment, ending: Ending): Promise<ProgressEventData | undefined> {
    const { verdict, last, audit, afterDigest, content } = ending;
    const inventory = JSON.stringify(ending.inventory);
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, deployment);
      const event = await insertEvent(queries, lease.deploymentId, last, held(lease));
      if (event === undefined) return undefined;
      const set = sql`, verdict = ${JSON.stringify(verdict)}::jsonb, inventory = ${inventory}::jsonb,
          after_digest = ${afterDigest}, content = ${content},
          finished_at = clock_timestamp(), lease_owner = NULL, lease_until = NULL`;
      await changeStatus(queries, lease.deploymentId, verdict.status, { set });
      if (deployment.kind === 'rollback' && verdict.status === 'succeeded')
        await markUndone(queries, { ...deployment, afterDigest });
      await releaseAdopted(queries, deployment, ending.inventory);
      await promoteQueued(queries, deployment);
      await this.trail.append(queries, [audit]);
      return event;
    });
  }

  private until(): Sql {
    return sql`clock_timestamp() + make_interval(secs => ${this.limits.seconds})`;
  }

  private async hasRoom(queries: Queries, { kind, id }: Target, except: string): Promise<boolean> {
    const rows = await queries.rows<{ count: bigint }>(sql`
      SELECT count(*) FROM deployments.deployments
       WHERE target_kind = ${kind} AND target_id = ${id} AND status = 'deploying' AND lease_until > clock_timestamp()
         AND id <> ${except}::uuid`);
    return Number(rows[0]?.count ?? 0) < this.limits.perCluster;
  }
}

/** The newest holder's, with Postgres' time. */
async function epochOf(queries: Queries, id: string): Promise<{ epoch: bigint; now: Date }> {
  const [row] = await queries.rows<{ epoch: bigint; now: Date }>(sql`
    SELECT lease_epoch AS epoch, clock_timestamp() AS now FROM deployments.deployments WHERE id = ${id}::uuid`);
  if (row === undefined) throw new Error(`deployment ${id} is gone`);
  return row;
}

/** Who has released it holds nothing any more, although nobody else may have taken it yet: a renewal may be still under way. */
function held(lease: Lease): Sql {
  return sql`lease_epoch = ${lease.epoch} AND lease_owner IS NOT NULL AND status = 'deploying'`;
}

/** Counting who is at work in a target and joining them must not be done by two at once. */
export async function lockTarget(queries: Queries, target: Target): Promise<void> {
  await queries.count(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`target ${targetKey(target)}`}, 0))`);
}
