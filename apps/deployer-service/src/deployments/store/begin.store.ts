import { Injectable } from '@nestjs/common';
import { DomainError, type ProgressEventData } from '@ushadow/contracts';
import { isOutcomeUnknown, sql, AuditTrail, type AuditDraft, type Queries } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { deploymentEntry } from '../../audit/deployment-entry.ts';
import { jobMessage } from '../../outbox/outbox-message.ts';
import { addToOutbox } from '../../outbox/outbox.store.ts';
import { Database } from '../../store/database.store.ts';
import { findDeployment, findDeployments, fromRow, visibleSql, type VisibleRow } from './deployment-row.store.ts';
import type { Deployment } from '../deployment.ts';
import { supersededVerdict } from '../verdicts.ts';
import { requestEnd } from './end-request.store.ts';
import type { NewDeployment } from '../new-deployment.ts';
import { endUnheld, lockStack } from './status.store.ts';

export type Begun =
  | { readonly kind: 'in-progress'; readonly deploymentId: string }
  | {
      readonly kind: 'begun';
      readonly deployment: Deployment;
      /** Events of others that were written on the way. */
      readonly events: readonly ProgressEventData[];
      /** The one whose worker has to be notified to end it. */
      readonly superseded: string | undefined;
    };

@Injectable()
export class BeginStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Stores a deployment with its job and its audit entries. What is under way for the same stack is waited for; where it is
   * about one of the same services it is a refusal, unless it is to be waited for or, being covered, to end. Asked again
   * under the same id, it is the deployment that is there.
   */
  async begin(draft: NewDeployment, supersede: boolean | undefined): Promise<Begun> {
    try {
      return await this.tryToBegin(draft, supersede);
    } catch (error) {
      if (!isOutcomeUnknown(error)) throw error;
      return this.tryToBegin(draft, supersede).catch((cause: unknown) => {
        throw stillUnknown(draft, cause);
      });
    }
  }

  private tryToBegin(draft: NewDeployment, supersede: boolean | undefined): Promise<Begun> {
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, draft);
      // Asked for before, with an answer that was lost.
      const known = await findDeployment(queries, draft.id);
      if (known !== undefined) return { kind: 'begun', deployment: known, events: [], superseded: undefined };
      const others = await underWay(queries, draft);
      const first = others.find((other) => overlaps(draft, other));
      if (first !== undefined && supersede === undefined) return { kind: 'in-progress', deploymentId: first.id };
      const covered = supersede === true ? others.filter((other) => covers(draft, other)) : [];
      const { events, audits, running } = await endOthers(queries, covered, draft);
      const waits = running !== undefined || covered.length < others.length;
      const deployment = await insert(queries, draft, waits ? 'queued' : 'pending');
      if (!waits) await addToOutbox(queries, [jobMessage(draft.id, draft)]);
      const occasion = {
        id: randomUUID(),
        time: new Date(),
        action: 'deployment.requested',
        ...origin(draft),
      } as const;
      await this.trail.append(queries, [...audits, deploymentEntry(deployment, occasion)]);
      return { kind: 'begun', deployment, events, superseded: running };
    });
  }
}

function stillUnknown({ id }: NewDeployment, cause: unknown): DomainError {
  const text = `The database did not say whether the deployment was stored. Look for ${id} before you ask again.`;
  return new DomainError('OUTCOME_UNKNOWN', 'unavailable', text, { cause, details: { deployment_id: id } });
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

/** The one that runs first, then those that wait for it. */
async function underWay(queries: Queries, { stackId }: NewDeployment): Promise<Deployment[]> {
  return findDeployments(queries, sql`stack_id = ${stackId}::uuid AND status IN ('deploying', 'pending', 'queued')`);
}

async function endOthers(
  queries: Queries,
  others: readonly Deployment[],
  draft: NewDeployment,
): Promise<{ events: ProgressEventData[]; audits: AuditDraft[]; running: string | undefined }> {
  const events: ProgressEventData[] = [];
  const audits: AuditDraft[] = [];
  let running: string | undefined;
  for (const other of others) {
    const time = new Date();
    const verdict = supersededVerdict(draft.id);
    const ended = await endUnheld(queries, other.id, verdict);
    if (ended !== undefined) {
      events.push(ended);
      const occasion = { id: randomUUID(), time, action: 'deployment.finished', verdict, ...origin(draft) } as const;
      audits.push(deploymentEntry(other, { ...occasion, afterDigest: other.beforeDigest }));
      continue;
    }
    running = other.id;
    const request = { request: 'supersede', rollback: false, actor: draft.actor, by: draft.id } as const;
    const event = await requestEnd(queries, other, { ...request, time: time.toISOString() });
    if (event !== undefined) events.push(event);
    const occasion = { id: randomUUID(), time, action: 'deployment.supersede-requested', ...origin(draft) } as const;
    audits.push(deploymentEntry(other, occasion));
  }
  return { events, audits, running };
}

async function insert(queries: Queries, draft: NewDeployment, status: 'pending' | 'queued'): Promise<Deployment> {
  const { revision, digest } = await newestOf(queries, draft);
  const [row] = await queries.rows<VisibleRow>(sql`
    INSERT INTO deployments.deployments (
      id, stack_id, target_kind, target_id, namespace, project, services, kind, revision, based_on, status, objects, desired,
      desired_digest, before_digest, environment, adopt, delete_namespace, deadline_seconds, stall_seconds, take_over,
      recreate, rollback, prune, delete_claims, plan_id, plan_hash, note, actor, request_id, created_at)
    VALUES (
      ${draft.id}::uuid, ${draft.stackId}::uuid, ${draft.target.kind}, ${draft.target.id}, ${draft.namespace}, ${draft.project},
      ${draft.services}::text[], ${draft.kind}, ${revision + 1}, ${draft.basedOn}::uuid, ${status},
      ${draft.objects}::text[], ${draft.desired}, ${draft.desiredDigest}, ${digest},
      ${JSON.stringify(draft.environment)}::jsonb, ${draft.adopt}::text[], ${draft.deleteNamespace},
      ${draft.deadlineSeconds}, ${draft.stallSeconds}, ${draft.takeOver}, ${draft.recreate}, ${draft.rollback},
      ${draft.prune}, ${draft.deleteClaims}::text[], ${draft.planId}::uuid, ${draft.planHash}, ${draft.note},
      ${draft.actor}, ${draft.requestId}, clock_timestamp())
    RETURNING ${visibleSql}`);
  if (row === undefined) throw new Error(`deployment ${draft.id} was not added`);
  return fromRow(row);
}

/** The newest revision of a stack, 0 where there is none, and the digest of the last good one. */
async function newestOf(
  queries: Queries,
  { stackId }: NewDeployment,
): Promise<{ revision: number; digest: string | null }> {
  const ofStack = sql`stack_id = ${stackId}::uuid`;
  const rows = await queries.rows<{ revision: number; digest: string | null }>(sql`
    SELECT coalesce((SELECT max(revision) FROM deployments.deployments WHERE ${ofStack}), 0) AS revision,
           (SELECT after_digest FROM deployments.deployments WHERE ${ofStack} AND content IS NOT NULL
             ORDER BY revision DESC LIMIT 1) AS digest`);
  const [row] = rows;
  if (row === undefined) throw new Error('a statement without a table gave no row');
  return row;
}
