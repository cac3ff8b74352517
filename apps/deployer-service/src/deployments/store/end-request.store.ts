import { Injectable } from '@nestjs/common';
import type { ProgressEventData } from '@ushadow/contracts';
import { sql, AuditTrail, type AuditDraft, type Queries } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { deploymentEntry } from '../../audit/deployment-entry.ts';
import { Database } from '../../store/database.store.ts';
import { findDeployment } from './deployment-row.store.ts';
import { isActive, type Deployment, type EndRequest } from '../deployment.ts';
import { cancelledVerdict } from '../verdicts.ts';
import { endUnheld, insertEvent, lockStack, promoteQueued, type Progress } from './status.store.ts';

export interface EndAsked {
  readonly deployment: Deployment;
  readonly events: readonly ProgressEventData[];
  /** False: it had ended already. */
  readonly accepted: boolean;
  /** A worker has it and has to be notified. */
  readonly running: boolean;
}

/**
 * Writes down that a deployment a worker has is to end, and notifies its followers. What was asked before stands, unless the
 * new request goes further: leaving everything goes further than going back, and a successor further than a cancel.
 */
export async function requestEnd(
  queries: Queries,
  deployment: Deployment,
  request: EndRequest,
): Promise<ProgressEventData | undefined> {
  const further = deployment.ending === null ? 1 : rankOf(request) - rankOf(deployment.ending);
  if (further < 0 || (further === 0 && request.request === 'cancel')) return undefined;
  const count = await queries.count(sql`
    UPDATE deployments.deployments SET ending = ${JSON.stringify(request)}::jsonb
     WHERE id = ${deployment.id}::uuid AND status = 'deploying'`);
  if (count === 0) return undefined;
  return insertEvent(queries, deployment.id, describeRequest(request), sql`status = 'deploying'`);
}

function rankOf({ request, rollback }: EndRequest): number {
  if (request === 'supersede') return 2;
  return rollback ? 0 : 1;
}

function describeRequest({ request, rollback, actor, by }: EndRequest): Progress {
  const then = rollback ? 'and go back to the last good state' : 'and leave what is there';
  const message =
    request === 'supersede' ? `${actor} wants a newer deployment in its place` : `${actor} wants it to end ${then}`;
  return { type: 'ending.requested', message, data: { request, rollback, actor, superseded_by: by } };
}

@Injectable()
export class EndRequestStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Ends a deployment that no worker has begun at once; asks the worker of any other. Undefined: no such deployment. */
  async cancel(
    id: string,
    request: { readonly rollback: boolean | undefined; readonly actor: string; readonly requestId: string },
  ): Promise<EndAsked | undefined> {
    return this.database.postgres.transaction(async (queries) => {
      const known = await findDeployment(queries, id);
      if (known === undefined) return undefined;
      await lockStack(queries, known);
      const deployment = (await findDeployment(queries, id)) ?? known;
      if (!isActive(deployment.status) && deployment.status !== 'queued')
        return { deployment, events: [], accepted: false, running: false };
      const { events, audit } = await endOrAsk(queries, deployment, request);
      const after = (await findDeployment(queries, id)) ?? deployment;
      await this.trail.append(queries, [audit]);
      return { deployment: after, events, accepted: true, running: after.status === 'deploying' };
    });
  }
}

async function endOrAsk(
  queries: Queries,
  deployment: Deployment,
  {
    rollback = deployment.rollback,
    actor,
    requestId,
  }: { rollback?: boolean | undefined; actor: string; requestId: string },
): Promise<{ events: ProgressEventData[]; audit: AuditDraft }> {
  const time = new Date();
  const verdict = cancelledVerdict(actor);
  const ended = await endUnheld(queries, deployment.id, verdict);
  if (ended !== undefined) {
    await promoteQueued(queries, deployment);
    const occasion = { id: randomUUID(), time, action: 'deployment.finished', actor, requestId, verdict } as const;
    const audit = deploymentEntry(deployment, { ...occasion, afterDigest: deployment.beforeDigest });
    return { events: [ended], audit };
  }
  const request = { request: 'cancel', rollback, actor, time: time.toISOString(), by: null } as const;
  const event = await requestEnd(queries, deployment, request);
  const occasion = { id: randomUUID(), time, action: 'deployment.cancel-requested', actor, requestId } as const;
  return { events: event === undefined ? [] : [event], audit: deploymentEntry(deployment, occasion) };
}
