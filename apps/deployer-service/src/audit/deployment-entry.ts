import { clusterOf, type AuditAction } from '@ushadow/contracts';
import type { AuditDraft } from '@ushadow/postgres';
import type { Deployment, Verdict } from '../deployments/deployment.ts';

interface Occasion {
  readonly id: string;
  readonly time: Date;
  readonly action: Extract<AuditAction, `deployment.${string}`>;
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
    | 'target'
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
  const { project, services, namespace } = deployment;
  return {
    audit_id: occasion.id,
    time: occasion.time.toISOString(),
    action: occasion.action,
    actor: occasion.actor,
    request_id: occasion.requestId,
    target: `${services.length === 1 ? `${project}/${services[0] ?? ''}` : project} in ${namespace}`,
    result: occasion.verdict?.status ?? 'accepted',
    details: {},
    cluster_id: clusterOf(deployment.target),
    namespace,
    project,
    services: [...services],
    stack_id: deployment.stackId,
    deployment_id: deployment.id,
    deployment: {
      kind: deployment.kind,
      plan_id: deployment.planId,
      adopted: [...deployment.adopt],
      plan_hash: occasion.planHash ?? deployment.planHash,
      desired_digest: deployment.desiredDigest,
      before_digest: deployment.beforeDigest,
      after_digest: occasion.afterDigest ?? null,
      verdict: occasion.verdict ?? null,
    },
  };
}
