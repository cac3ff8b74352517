import type { ProgressEventData } from '@ushadow/contracts';
import type { InventoryEntry } from '@ushadow/deploy-engine';
import type { Prisma } from '../generated/prisma/client.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { Verdict } from '../deployments/deployment.ts';
import type { Database } from '../store/database.store.ts';

export interface Progress {
  readonly type: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Ending {
  readonly verdict: Verdict;
  /** The event that tells of the verdict. */
  readonly last: Progress;
  readonly messages: readonly OutboxMessage[];
  /** What a success left in the cluster. */
  readonly inventory?: readonly InventoryEntry[];
}

/** A worker's hold on a deployment. The epoch grows with each holder; every write names it, so that a former holder writes nothing. */
export interface Lease {
  readonly deploymentId: string;
  readonly epoch: bigint;
  readonly attempt: number;
  /** When it was taken, by Postgres. */
  readonly takenAt: Date;
}

/** An active deployment that nobody holds. */
export interface Abandoned {
  readonly id: string;
  readonly actor: string;
  readonly requestId: string;
  /** Another one for each lease that was lost. */
  readonly since: string;
  /** How long nobody has taken it. */
  readonly seconds: number;
}

/** All times are Postgres' own, never a worker's. */
export class LeaseStore {
  private readonly database: Database;
  private readonly seconds: number;

  constructor(database: Database, seconds: number) {
    this.database = database;
    this.seconds = seconds;
  }

  /** Takes the deployment when it is active and nobody holds it. */
  async take(deploymentId: string, owner: string): Promise<Lease | undefined> {
    const rows = await this.database.$queryRaw<{ epoch: bigint; attempt: number; takenAt: Date }[]>`
      UPDATE deployments.deployments
         SET lease_owner = ${owner}, lease_epoch = nextval('deployments.lease_epoch'),
             lease_until = now() + make_interval(secs => ${this.seconds}),
             attempt = attempt + 1, status = 'deploying', started_at = coalesce(started_at, now())
       WHERE id = ${deploymentId}::uuid AND status IN ('pending', 'deploying') AND (lease_until IS NULL OR lease_until < now())
      RETURNING lease_epoch AS epoch, attempt, now() AS "takenAt"`;
    const [row] = rows;
    return row === undefined ? undefined : { deploymentId, ...row };
  }

  /** False when the lease is lost. */
  async renew(lease: Lease): Promise<boolean> {
    return this.touch(lease, this.seconds);
  }

  /** Lets another worker take over, at once or after so many seconds. */
  async release(lease: Lease, seconds = 0): Promise<boolean> {
    return this.touch(lease, seconds);
  }

  /** Puts a try off that could not begin: nobody takes the deployment for so long, and the try does not count. */
  async defer(lease: Lease, seconds: number): Promise<boolean> {
    const count = await this.database.$executeRaw`
      UPDATE deployments.deployments
         SET lease_owner = NULL, lease_until = now() + make_interval(secs => ${seconds}), attempt = attempt - 1
       WHERE id = ${lease.deploymentId}::uuid AND lease_epoch = ${lease.epoch} AND status = 'deploying'`;
    return count === 1;
  }

  /** Stores an event under the next number; undefined when the lease is lost. */
  async append(lease: Lease, progress: Progress): Promise<ProgressEventData | undefined> {
    return insertEvent(this.database, lease, progress);
  }

  /** Ends the deployment with all that is known of its end, in one transaction; undefined when the lease is lost. */
  async finish(lease: Lease, ending: Ending): Promise<ProgressEventData | undefined> {
    const { verdict, last, messages } = ending;
    const inventory = ending.inventory === undefined ? null : JSON.stringify(ending.inventory);
    return this.database.$transaction(async (transaction) => {
      const event = await insertEvent(transaction, lease, last);
      if (event === undefined) return undefined;
      await transaction.$executeRaw`
        UPDATE deployments.deployments
           SET status = ${verdict.status}, verdict = ${JSON.stringify(verdict)}::jsonb, inventory = ${inventory}::jsonb, finished_at = now(), lease_owner = NULL, lease_until = NULL
         WHERE id = ${lease.deploymentId}::uuid AND lease_epoch = ${lease.epoch}`;
      await addToOutbox(transaction, messages);
      return event;
    });
  }

  /** Active deployments nobody has held for a while: their wake-up or their worker was lost. */
  async abandoned(): Promise<Abandoned[]> {
    return this.database.$queryRaw`
      SELECT id, actor, request_id AS "requestId", since::text AS since, extract(epoch FROM now() - since)::float8 AS seconds
        FROM (SELECT id, actor, request_id, created_at, coalesce(lease_until, created_at + make_interval(secs => ${this.seconds})) AS since
                FROM deployments.deployments WHERE status IN ('pending', 'deploying')) AS active
       WHERE since < now() ORDER BY created_at LIMIT 100`;
  }

  private async touch(lease: Lease, seconds: number): Promise<boolean> {
    const count = await this.database.$executeRaw`
      UPDATE deployments.deployments SET lease_until = now() + make_interval(secs => ${seconds})
       WHERE id = ${lease.deploymentId}::uuid AND lease_epoch = ${lease.epoch} AND status = 'deploying'`;
    return count === 1;
  }
}

/** Number, check of the lease and row are one statement: numbers have no gap, and a former holder adds nothing. */
async function insertEvent(
  database: Pick<Prisma.TransactionClient, '$queryRaw'>,
  lease: Lease,
  progress: Progress,
): Promise<ProgressEventData | undefined> {
  const rows = await database.$queryRaw<{ sequence: number; attempt: number; time: Date }[]>`
    WITH held AS (
      UPDATE deployments.deployments SET last_sequence = last_sequence + 1
       WHERE id = ${lease.deploymentId}::uuid AND lease_epoch = ${lease.epoch} AND status = 'deploying'
      RETURNING last_sequence, attempt)
    INSERT INTO deployments.progress_events (deployment_id, sequence, attempt, time, type, message, data)
    SELECT ${lease.deploymentId}::uuid, held.last_sequence, held.attempt, clock_timestamp(), ${progress.type}, ${progress.message},
           ${JSON.stringify(progress.data)}::jsonb
      FROM held RETURNING sequence, attempt, time`;
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    deployment_id: lease.deploymentId,
    ...row,
    time: row.time.toISOString(),
    ...progress,
    data: { ...progress.data },
  };
}
