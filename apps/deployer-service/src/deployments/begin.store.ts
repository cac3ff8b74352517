import type { ProgressEventData } from '@ushadow/contracts';
import { randomUUID } from 'node:crypto';
import { deploymentEntry, type AuditDraft } from '../audit/audit-entry.ts';
import { appendAudit } from '../audit/audit.store.ts';
import { Prisma } from '../generated/prisma/client.ts';
import { jobMessage } from '../outbox/outbox-message.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns } from './deployment-row.store.ts';
import type { Deployment } from './deployment.ts';
import { supersededVerdict } from './early-verdicts.ts';
import { requestEnd } from './end-request.store.ts';
import type { NewDeployment } from './new-deployment.ts';
import { endUnheld, lockStack } from './status.store.ts';

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
   * Stores a deployment with its job and its audit entries. What is under way for the same stack is waited for; where it is
   * about one of the same services it is a refusal, unless it is to be waited for or, being covered, to end. Stored already,
   * it is given as it is.
   */
  async begin(draft: NewDeployment, supersede: boolean | undefined): Promise<Begun> {
    return this.database.$transaction(async (transaction) => {
      await lockStack(transaction, draft);
      const already = await find(transaction, draft);
      if (already !== undefined) return { kind: 'begun', deployment: already, events: [], superseded: undefined };
      const others = await underWay(transaction, draft);
      const first = others.find((other) => overlaps(draft, other));
      if (first !== undefined && supersede === undefined) return { kind: 'in-progress', deploymentId: first.id };
      const covered = supersede === true ? others.filter((other) => covers(draft, other)) : [];
      const { events, audits, running } = await endOthers(transaction, covered, draft);
      const waits = running !== undefined || covered.length < others.length;
      const deployment = await insert(transaction, draft, waits ? 'queued' : 'pending');
      if (!waits) await addToOutbox(transaction, [jobMessage(draft.id, draft)]);
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

/** About a service that the other one is about as well, or about the whole of the stack. */
function overlaps(draft: NewDeployment, other: Deployment): boolean {
  const isWhole = draft.services.length === 0 || other.services.length === 0;
  return isWhole || other.services.some((service) => draft.services.includes(service));
}

/** Whoever is about all of another one's services may take its place. */
function covers(draft: NewDeployment, other: Deployment): boolean {
  return other.services.every((service) => draft.services.includes(service));
}

function origin({ actor, requestId }: NewDeployment): Pick<NewDeployment, 'actor' | 'requestId'> {
  return { actor, requestId };
}

/** The same request's deployment, where it has been stored and its answer was lost. */
async function find(transaction: Prisma.TransactionClient, { id }: NewDeployment): Promise<Deployment | undefined> {
  const row = await transaction.deployment.findUnique({ where: { id }, select: visibleColumns });
  return row === null ? undefined : fromRow(row);
}

/** The one that runs first, then those that wait for it. */
async function underWay(transaction: Prisma.TransactionClient, { stackId }: NewDeployment): Promise<Deployment[]> {
  const rows = await transaction.deployment.findMany({
    where: { stackId, status: { in: ['deploying', 'pending', 'queued'] } },
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
      services: [...draft.services],
      objects: [...draft.objects],
      deleteClaims: [...draft.deleteClaims],
      adopt: [...draft.adopt],
      environment: draft.environment as unknown as Prisma.InputJsonObject,
    },
    select: visibleColumns,
  });
  return fromRow(row);
}

/** The newest revision of a stack, 0 where there is none, the digest of the last good one, and Postgres' time. */
async function newestOf(
  transaction: Prisma.TransactionClient,
  { stackId }: NewDeployment,
): Promise<{ revision: number; digest: string | null; now: Date }> {
  const ofStack = Prisma.sql`stack_id = ${stackId}::uuid`;
  const rows = await transaction.$queryRaw<[{ revision: number; digest: string | null; now: Date }]>`
    SELECT coalesce((SELECT max(revision) FROM deployments.deployments WHERE ${ofStack}), 0) AS revision,
           (SELECT after_digest FROM deployments.deployments WHERE ${ofStack} AND content IS NOT NULL
             ORDER BY revision DESC LIMIT 1) AS digest,
           clock_timestamp() AS now`;
  return rows[0];
}
