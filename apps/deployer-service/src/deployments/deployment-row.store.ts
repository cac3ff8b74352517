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
