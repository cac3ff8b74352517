import type { DeploymentData, DeployOptionsData } from '@ushadow/contracts';
import type { Deployment, DeployOptions } from './deployment.ts';

/** A deployment as it is answered. */
export function toContract(deployment: Deployment): DeploymentData {
  const { ending } = deployment;
  return {
    deployment_id: deployment.id,
    stack_id: deployment.stackId,
    target: deployment.target,
    namespace: deployment.namespace,
    project: deployment.project,
    services: [...deployment.services],
    kind: deployment.kind,
    revision: deployment.revision,
    based_on: deployment.basedOn,
    status: deployment.status,
    verdict: deployment.verdict,
    ending:
      ending === null
        ? null
        : { request: ending.request, rollback: ending.rollback, actor: ending.actor, time: ending.time },
    objects: [...deployment.objects],
    options: optionsToContract(deployment),
    plan_id: deployment.planId,
    plan_hash: deployment.planHash,
    message: deployment.note,
    actor: deployment.actor,
    request_id: deployment.requestId,
    attempt: deployment.attempt,
    last_sequence: deployment.lastSequence,
    created_at: deployment.createdAt.toISOString(),
    started_at: deployment.startedAt?.toISOString() ?? null,
    finished_at: deployment.finishedAt?.toISOString() ?? null,
  };
}

export function optionsToContract(options: DeployOptions): DeployOptionsData {
  return {
    deadline_seconds: options.deadlineSeconds,
    stall_seconds: options.stallSeconds,
    take_over: options.takeOver,
    recreate: options.recreate,
    rollback: options.rollback,
    prune: options.prune,
    delete_claims: [...options.deleteClaims],
    adopt: [...options.adopt],
  };
}
