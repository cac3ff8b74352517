import type { ClusterData } from '@ushadow/contracts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { ClusterStatus } from '../check/check-connection.ts';
import type { Cluster } from './cluster.ts';

/** Everything but the credential: what is not selected cannot leak. */
export const visibleColumns = {
  id: true,
  name: true,
  context: true,
  server: true,
  namespace: true,
  labels: true,
  status: true,
  statusReason: true,
  statusSince: true,
  checkedAt: true,
  version: true,
  nodeCount: true,
  createdAt: true,
} as const satisfies Prisma.ClusterSelect;

export type ClusterRow = Prisma.ClusterGetPayload<{ select: typeof visibleColumns }>;

export function fromRow(row: ClusterRow): Cluster {
  return { ...row, status: row.status as ClusterStatus, labels: row.labels as Record<string, string> };
}

export function toContract(cluster: Cluster): ClusterData {
  return {
    cluster_id: cluster.id,
    name: cluster.name,
    context: cluster.context,
    server: cluster.server,
    status: cluster.status,
    status_reason: cluster.statusReason,
    status_since: cluster.statusSince.toISOString(),
    checked_at: cluster.checkedAt.toISOString(),
    version: cluster.version,
    node_count: cluster.nodeCount,
    namespace: cluster.namespace,
    labels: { ...cluster.labels },
    created_at: cluster.createdAt.toISOString(),
  };
}
