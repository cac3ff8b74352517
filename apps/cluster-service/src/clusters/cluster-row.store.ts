import type { ClusterPolicies, ClusterRoutingData } from '@ushadow/contracts';
import type { ClusterStatus } from '../check/connection-check.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Cluster } from './cluster.ts';

/** Everything but the credential: what is not selected cannot leak. */
export const visibleColumns = {
  id: true,
  name: true,
  context: true,
  server: true,
  namespace: true,
  labels: true,
  routing: true,
  policies: true,
  status: true,
  statusReason: true,
  statusSince: true,
  checkedAt: true,
  version: true,
  nodeCount: true,
  credentialExpiresAt: true,
  identity: true,
  endpoint: true,
  createdAt: true,
} as const satisfies Prisma.ClusterSelect;

export type ClusterRow = Prisma.ClusterGetPayload<{ select: typeof visibleColumns }>;

export function fromRow({ endpoint: _, ...row }: ClusterRow, sameAs: readonly string[]): Cluster {
  return {
    ...row,
    status: row.status as ClusterStatus,
    labels: row.labels as Record<string, string>,
    routing: row.routing as ClusterRoutingData,
    policies: row.policies as ClusterPolicies,
    sameAs,
  };
}
