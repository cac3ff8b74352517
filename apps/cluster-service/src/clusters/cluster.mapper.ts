import type { ClusterData, operations, OutputOf } from '@ushadow/contracts';
import type { Cluster, RegisteredCluster } from './cluster.ts';

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
    routing: cluster.routing,
    policies: cluster.policies,
    credential_expires_at: cluster.credentialExpiresAt?.toISOString() ?? null,
    cluster_identity: cluster.identity,
    same_as: [...cluster.sameAs],
    created_at: cluster.createdAt.toISOString(),
  };
}

export function toRegistered(registered: RegisteredCluster): OutputOf<typeof operations.registerCluster> {
  const { cluster, warnings, permissions } = registered;
  return {
    ...toContract(cluster),
    warnings,
    permissions: permissions === null ? null : { cluster_id: cluster.id, ...permissions },
  };
}
