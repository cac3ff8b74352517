import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';

export const deleteCluster = defineOperation({
  service: 'cluster',
  name: 'delete-cluster',
  summary: 'Forget a cluster and its credentials; what was deployed to it stays there',
  http: { method: 'DELETE', path: '/api/kubernetes/clusters/:cluster_id' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'cluster' },
  audit: 'cluster.removed',
  input: z.strictObject({ cluster_id: clusterId }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: clusterErrors,
});
