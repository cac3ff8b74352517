import type { ProgressEventData } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import { deploymentEntry, type AuditDraft } from '../audit/audit-entry.ts';
import { appendAudit } from '../audit/audit.store.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobMessage } from '../outbox/outbox-message.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns } from './deployment-row.store.ts';
import type { Deployment, Place } from './deployment.ts';
import { supersededVerdict } from './early-verdicts.ts';
import { requestEnd } from './end-request.store.ts';
import type { NewDeployment } from './new-deployment.ts';
import { endUnheld, lockPlace } from './status.store.ts';

export type Begun =
  | { readonly kind: 'in-progress'; readonly deploymentId: string }
  | {
      readonly kind: 'begun';
      readonly deployment: Deployment;
      /** Events of others that were written on the way. */
      readonly events: readonly ProgressEventData[];
      /** The one that a worker has to be told to end. */
      readonly superseded: string | undefined;
    };

export class BeginStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /**
   * Stores a deployment with its job and its audit entries. One that is under way for the same place is a refusal, or is
   * asked to end, and then the new one waits until it has.
   */
  async begin(draft: NewDeployment, supersede: boolean): Promise<Begun> {
    return this.database.$transaction(async (transaction) => {
      await lockPlace(transaction, draft);
      const others = await underWay(transaction, draft);
      const [first] = others;
      if (first !== undefined && !supersede) return { kind: 'in-progress', deploymentId: first.id };
      const { events, audits, running } = await endOthers(transaction, others, draft);
      const deployment = await insert(transaction, draft, running === undefined ? 'pending' : 'queued');
      if (running === undefined) await addToOutbox(transaction, [jobMessage(draft.id, draft)]);
      const occasion = {
        id: randomUUID(),
        time: new Date(),
        action: 'deployment.requested',
        ...origin(draft),
      } as const;
      await appendAudit(transaction, [...audits, deploymentEntry(deployment, occasion)]);
      return { kind: 'begun', deployment, events, superseded: running };
    });
  }
}

function origin({ actor, requestId }: NewDeployment): Pick<NewDeployment, 'actor' | 'requestId'> {
  return { actor, requestId };
}

/** The one that runs first, then the one that waits for it. */
async function underWay(transaction: Prisma.TransactionClient, place: Place): Promise<Deployment[]> {
  const { clusterId, namespace, serviceName } = place;
  const rows = await transaction.deployment.findMany({
    where: { clusterId, namespace, serviceName, status: { in: ['deploying', 'pending', 'queued'] } },
    orderBy: { revision: 'asc' },
    select: visibleColumns,
  });
  return rows.map(fromRow);
}

async function endOthers(
  transaction: Prisma.TransactionClient,
  others: readonly Deployment[],
  draft: NewDeployment,
): Promise<{ events: ProgressEventData[]; audits: AuditDraft[]; running: string | undefined }> {
  const events: ProgressEventData[] = [];
  const audits: AuditDraft[] = [];
  let running: string | undefined;
  for (const other of others) {
    const time = new Date();
    const verdict = supersededVerdict(draft.id);
    const ended = await endUnheld(transaction, other.id, verdict);
    if (ended !== undefined) {
      events.push(ended);
      const occasion = { id: randomUUID(), time, action: 'deployment.finished', verdict, ...origin(draft) } as const;
      audits.push(deploymentEntry(other, { ...occasion, afterDigest: other.beforeDigest }));
      continue;
    }
    running = other.id;
    const wish = { request: 'supersede', rollback: false, actor: draft.actor, by: draft.id } as const;
    const event = await requestEnd(transaction, other, { ...wish, time: time.toISOString() });
    if (event !== undefined) events.push(event);
    const occasion = { id: randomUUID(), time, action: 'deployment.supersede-requested', ...origin(draft) } as const;
    audits.push(deploymentEntry(other, occasion));
  }
  return { events, audits, running };
}

async function insert(
  transaction: Prisma.TransactionClient,
  draft: NewDeployment,
  status: 'pending' | 'queued',
): Promise<Deployment> {
  const { revision, digest, now } = await newestOf(transaction, draft);
  const row = await transaction.deployment.create({
    data: {
      ...draft,
      status,
      revision: revision + 1,
      beforeDigest: digest,
      // By the client's default it would be this process's time.
      createdAt: now,
      objects: [...draft.objects],
      deleteClaims: [...draft.deleteClaims],
      environment: [...draft.environment],
    },
    select: visibleColumns,
  });
  return fromRow(row);
}

/** The newest revision of a place, 0 where there is none, the digest of the last good one, and Postgres' time. */
async function newestOf(
  transaction: Prisma.TransactionClient,
  { clusterId, namespace, serviceName }: Place,
): Promise<{ revision: number; digest: string | null; now: Date }> {
  const ofPlace = Prisma.sql`cluster_id = ${clusterId} AND namespace = ${namespace} AND service_name = ${serviceName}`;
  const rows = await transaction.$queryRaw<[{ revision: number; digest: string | null; now: Date }]>`
    SELECT coalesce((SELECT max(revision) FROM deployments.deployments WHERE ${ofPlace}), 0) AS revision,
           (SELECT desired_digest FROM deployments.deployments WHERE ${ofPlace} AND status = 'succeeded'
             ORDER BY revision DESC LIMIT 1) AS digest,
           clock_timestamp() AS now`;
  return rows[0];
}
