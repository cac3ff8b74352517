import type { AuditEntryData } from '@ushadow/contracts';
import { createHash } from 'node:crypto';
import type { Deployment, Verdict } from '../deployments/deployment.ts';

/** An entry before it has its place in the chain. */
export type AuditDraft = Omit<AuditEntryData, 'sequence' | 'previous_hash' | 'hash'>;

/** The newest entry: the next one holds its hash. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

/** What comes before the first entry. */
export const CHAIN_START: ChainHead = { sequence: 0, hash: '0'.repeat(64) };

/** Gives a draft its place after the head. */
export function chained(draft: AuditDraft, head: ChainHead): AuditEntryData {
  const entry = { ...draft, sequence: head.sequence + 1, previous_hash: head.hash };
  return { ...entry, hash: hashOf(entry) };
}

/** SHA-256 of the hash before and the entry without its own hash, as JSON with sorted keys. */
export function hashOf({ hash: _hash, ...entry }: Omit<AuditEntryData, 'hash'> & { readonly hash?: string }): string {
  return createHash('sha256').update(entry.previous_hash).update(sortedJson(entry)).digest('hex');
}

/** The same text whatever order the fields come in, so that anybody can check a hash in any language. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => {
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
    return Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

interface Occasion {
  readonly id: string;
  readonly time: Date;
  readonly action: AuditEntryData['action'];
  /** Who did it; for an ending nobody asked for, who asked for the deployment. */
  readonly actor: string;
  readonly requestId: string;
  readonly planHash?: string | null;
  readonly afterDigest?: string | null;
  readonly verdict?: Verdict | null;
}

/** What happened to a deployment. */
export function deploymentEntry(
  deployment: Pick<
    Deployment,
    | 'id'
    | 'kind'
    | 'planId'
    | 'planHash'
    | 'clusterId'
    | 'namespace'
    | 'stackId'
    | 'project'
    | 'services'
    | 'adopt'
    | 'desiredDigest'
    | 'beforeDigest'
  >,
  occasion: Occasion,
): AuditDraft {
  return {
    audit_id: occasion.id,
    time: occasion.time.toISOString(),
    action: occasion.action,
    kind: deployment.kind,
    actor: occasion.actor,
    request_id: occasion.requestId,
    deployment_id: deployment.id,
    plan_id: deployment.planId,
    cluster_id: deployment.clusterId,
    namespace: deployment.namespace,
    service_id: null,
    service_name: null,
    stack_id: deployment.stackId,
    project: deployment.project,
    services: [...deployment.services],
    adopted: [...deployment.adopt],
    plan_hash: occasion.planHash ?? deployment.planHash,
    desired_digest: deployment.desiredDigest,
    before_digest: deployment.beforeDigest,
    after_digest: occasion.afterDigest ?? null,
    verdict: occasion.verdict ?? null,
  };
}
