import type { Deployment as Row } from '../generated/prisma/client.ts';
import type { Deployment, DeploymentKind, DeploymentStatus, EndRequest, Verdict } from './deployment.ts';

/** Columns that leave the store; the desired objects stay inside. */
export const visibleColumns = {
  id: true,
  stackId: true,
  clusterId: true,
  namespace: true,
  project: true,
  services: true,
  kind: true,
  revision: true,
  basedOn: true,
  status: true,
  verdict: true,
  ending: true,
  objects: true,
  desiredDigest: true,
  beforeDigest: true,
  afterDigest: true,
  deadlineSeconds: true,
  stallSeconds: true,
  takeOver: true,
  recreate: true,
  rollback: true,
  prune: true,
  deleteClaims: true,
  adopt: true,
  deleteNamespace: true,
  planId: true,
  planHash: true,
  note: true,
  undone: true,
  actor: true,
  requestId: true,
  attempt: true,
  losses: true,
  lastSequence: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
} as const;

export function fromRow(row: Pick<Row, keyof typeof visibleColumns>): Deployment {
  return {
    ...row,
    kind: row.kind as DeploymentKind,
    status: row.status as DeploymentStatus,
    recreate: row.recreate as Deployment['recreate'],
    verdict: row.verdict as Verdict | null,
    ending: row.ending as unknown as EndRequest | null,
  };
}
