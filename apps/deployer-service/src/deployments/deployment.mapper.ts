import type { DeploymentData } from '@ushadow/contracts';
import type { Deployment as Row } from '../generated/prisma/client.ts';
import type { Deployment, DeploymentStatus, Verdict } from './deployment.ts';

/** Columns that leave the store; the desired objects stay inside. */
export const visibleColumns = {
  id: true,
  clusterId: true,
  namespace: true,
  serviceId: true,
  serviceName: true,
  status: true,
  verdict: true,
  objects: true,
  desiredDigest: true,
  deadlineSeconds: true,
  actor: true,
  requestId: true,
  attempt: true,
  lastSequence: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const;

export function fromRow(row: Pick<Row, keyof typeof visibleColumns>): Deployment {
  return { ...row, status: row.status as DeploymentStatus, verdict: row.verdict as Verdict | null };
}

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
