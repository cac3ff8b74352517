import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, labels, namespace } from '../fields.ts';
import { cluster } from './cluster.ts';
import { clusterErrors } from './errors.ts';
import { clusterPolicyChanges } from './policies.ts';
import { clusterRoutingChanges } from './routing.ts';

export const updateCluster = defineOperation({
  service: 'cluster',
  name: 'update-cluster',
  summary: 'Change a cluster’s name, default namespace, labels, routing or policies; fields left out stay',
  http: { method: 'PATCH', path: '/api/kubernetes/clusters/:cluster_id' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'cluster' },
  audit: 'cluster.updated',
  input: z.strictObject({
    cluster_id: clusterId,
    name: z.string().trim().min(1).max(100).optional(),
    namespace: namespace.nullable().optional().describe('Default namespace; null puts `ushadow` back'),
    labels: labels.optional().describe('Replaces all labels; `{}` clears them'),
    routing: clusterRoutingChanges.optional(),
    policies: clusterPolicyChanges.optional(),
  }),
  output: cluster,
  errors: {
    ...clusterErrors,
    CLUSTER_NAME_TAKEN: { kind: 'conflict', summary: 'Another cluster has this name.' },
  },
});
