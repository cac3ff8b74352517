import type { ProgressEventData } from '@ushadow/contracts';
import type { OwnedEntry } from '../content/owned-entry.ts';
import type { AuditDraft } from '../audit/audit-entry.ts';
import { appendAudit } from '../audit/audit.store.ts';
import type { Deployment, EndRequest, Verdict } from '../deployments/deployment.ts';
import { fromRow, visibleColumns } from '../deployments/deployment-row.store.ts';
import {
  changeStatus,
  insertEvent,
  insertEvents,
  lockStack,
  promoteQueued,
  type Progress,
} from '../deployments/status.store.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobMessage } from '../outbox/outbox-message.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { Database } from '../store/database.store.ts';
import { forgetTakenIn } from './taken-in.store.ts';
import { markUndone } from './undone.store.ts';

export interface Ending {
  readonly verdict: Verdict;
  /** The event that tells of the verdict. */
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
  /** Its cluster has enough to do; who ends there wakes it. */
  | { readonly kind: 'parked' };

export interface LeaseLimits {
  readonly seconds: number;
  /** Deployments under way at once in one cluster. */
  readonly perCluster: number;
}

/** All times are Postgres' own, never a worker's. */
export class LeaseStore {
  private readonly database: Database;
  private readonly limits: LeaseLimits;

  constructor(database: Database, limits: LeaseLimits) {
    this.database = database;
    this.limits = limits;
  }

  /** Takes the deployment when it is active, nobody holds it, and its cluster has room. */
  async take(deploymentId: string, owner: string): Promise<Taken> {
    return this.database.$transaction(async (transaction): Promise<Taken> => {
      const known = await transaction.deployment.findUnique({
        where: { id: deploymentId },
        select: { clusterId: true, status: true },
      });
      if (known === null || !['pending', 'deploying'].includes(known.status)) return { kind: 'not-to-have' };
      await lockCluster(transaction, known.clusterId);
      const free = Prisma.sql` AND (lease_until IS NULL OR lease_until < clock_timestamp())`;
      if (!(await this.hasRoom(transaction, known.clusterId, deploymentId))) {
        const parked = await transaction.$executeRaw`
          UPDATE deployments.deployments SET parked_at = clock_timestamp()
           WHERE id = ${deploymentId}::uuid AND status IN ('pending', 'deploying')${free}`;
        return { kind: parked === 1 ? 'parked' : 'not-to-have' };
      }
      // Who lets go of a lease says so; an owner that is still there has vanished.
      const set = Prisma.sql`, losses = losses + (lease_owner IS NOT NULL)::int, lease_owner = ${owner},
        lease_epoch = nextval('deployments.lease_epoch'), lease_until = ${this.until()}, attempt = attempt + 1,
        started_at = coalesce(started_at, clock_timestamp()), parked_at = NULL`;
      if (!(await changeStatus(transaction, deploymentId, 'deploying', { set, where: free })))
        return { kind: 'not-to-have' };
      const row = await transaction.deployment.findUniqueOrThrow({
        where: { id: deploymentId },
        select: { ...visibleColumns, leaseEpoch: true },
      });
      const { leaseEpoch: epoch, attempt, ...rest } = row;
      const lease = { deploymentId, epoch, attempt, takenAt: await timeOf(transaction) };
      return { kind: 'taken', lease, deployment: fromRow({ attempt, ...rest }) };
    });
  }

  /** What is wished of it meanwhile; undefined when the lease is lost. */
  async renew(lease: Lease): Promise<{ readonly ending: EndRequest | null } | undefined> {
    const rows = await this.database.$queryRaw<{ ending: EndRequest | null }[]>`
      UPDATE deployments.deployments SET lease_until = ${this.until()}
       WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)} RETURNING ending`;
    return rows[0];
  }

  /** Lets another worker take over at once, or after a while. */
  async release(
    lease: Lease,
    again?: { readonly delayMs: number; readonly actor: string; readonly requestId: string },
  ) {
    return this.database.$transaction(async (transaction) => {
      const count = await transaction.$executeRaw`
        UPDATE deployments.deployments SET lease_until = NULL, lease_owner = NULL, woken_at = now()
         WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)}`;
      if (count === 1 && again !== undefined)
        await addToOutbox(transaction, [jobMessage(lease.deploymentId, again, again.delayMs)]);
      return count === 1;
    });
  }

  /** Stores events under the next numbers, all or none; none when the lease is lost. */
  async append(lease: Lease, ...progress: readonly Progress[]): Promise<ProgressEventData[]> {
    return insertEvents(this.database, lease.deploymentId, progress, held(lease));
  }

  /** Notes which plan is applied. */
  async notePlan(lease: Lease, planHash: string): Promise<void> {
    await this.database.$executeRaw`
      UPDATE deployments.deployments SET plan_hash = ${planHash}
       WHERE id = ${lease.deploymentId}::uuid AND ${held(lease)}`;
  }

  /** Lets epochs go on above one that was given before this database was put back. */
  async raiseEpoch(above: bigint): Promise<void> {
    await this.database.$executeRaw`
      SELECT setval('deployments.lease_epoch', greatest(${above}, nextval('deployments.lease_epoch')))`;
  }

  /** Ends the deployment with all that is known of its end, in one transaction; undefined when the lease is lost. */
  async finish(lease: Lease, deployment: Deployment, ending: Ending): Promise<ProgressEventData | undefined> {
    const { verdict, last, audit, afterDigest, content } = ending;
    const inventory = JSON.stringify(ending.inventory);
    return this.database.$transaction(async (transaction) => {
      await lockStack(transaction, deployment);
      const event = await insertEvent(transaction, lease.deploymentId, last, held(lease));
      if (event === undefined) return undefined;
      const set = Prisma.sql`, verdict = ${JSON.stringify(verdict)}::jsonb, inventory = ${inventory}::jsonb,
          after_digest = ${afterDigest}, content = ${content},
          finished_at = clock_timestamp(), lease_owner = NULL, lease_until = NULL`;
      await changeStatus(transaction, lease.deploymentId, verdict.status, { set });
      if (deployment.kind === 'rollback' && verdict.status === 'succeeded')
        await markUndone(transaction, { ...deployment, afterDigest });
      await forgetTakenIn(transaction, deployment, ending.inventory);
      await promoteQueued(transaction, deployment);
      await appendAudit(transaction, [audit]);
      return event;
    });
  }

  private until(): Prisma.Sql {
    return Prisma.sql`clock_timestamp() + make_interval(secs => ${this.limits.seconds})`;
  }

  private async hasRoom(transaction: Prisma.TransactionClient, clusterId: string, except: string): Promise<boolean> {
    const rows = await transaction.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM deployments.deployments
       WHERE cluster_id = ${clusterId} AND status = 'deploying' AND lease_until > clock_timestamp() AND id <> ${except}::uuid`;
    return Number(rows[0]?.count ?? 0) < this.limits.perCluster;
  }
}

async function timeOf(transaction: Prisma.TransactionClient): Promise<Date> {
  const [row] = await transaction.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  return row.now;
}

/** Who has let go holds nothing any more, although nobody else may have taken it yet: a renewal may be still under way. */
function held(lease: Lease): Prisma.Sql {
  return Prisma.sql`lease_epoch = ${lease.epoch} AND lease_owner IS NOT NULL AND status = 'deploying'`;
}

/** Counting who is at work in a cluster and joining them must not be done by two at once. */
export async function lockCluster(transaction: Prisma.TransactionClient, clusterId: string): Promise<void> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`cluster ${clusterId}`}, 0))`;
}
