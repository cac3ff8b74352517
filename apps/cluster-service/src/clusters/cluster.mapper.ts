import type { ClusterData } from '@ushadow/contracts';
import type { Cluster } from './cluster.ts';

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
    credential_expires_at: cluster.credentialExpiresAt?.toISOString() ?? null,
    created_at: cluster.createdAt.toISOString(),
  };
}
