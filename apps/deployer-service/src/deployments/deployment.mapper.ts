import type { DeploymentData } from '@ushadow/contracts';
import type { Deployment } from './deployment.ts';

/** A deployment as it is told to others. */
export function toContract(deployment: Deployment): DeploymentData {
  return {
    deployment_id: deployment.id,
    cluster_id: deployment.clusterId,
    namespace: deployment.namespace,
    service_id: deployment.serviceId,
    service_name: deployment.serviceName,
    status: deployment.status,
    verdict: deployment.verdict,
    objects: [...deployment.objects],
    actor: deployment.actor,
    request_id: deployment.requestId,
    attempt: deployment.attempt,
    last_sequence: deployment.lastSequence,
    created_at: deployment.createdAt.toISOString(),
    started_at: deployment.startedAt?.toISOString() ?? null,
    finished_at: deployment.finishedAt?.toISOString() ?? null,
  };
}
