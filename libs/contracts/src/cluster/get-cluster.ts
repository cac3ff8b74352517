import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { cluster } from './cluster.ts';
import { clusterErrors } from './errors.ts';

export const getCluster = defineOperation({
  service: 'cluster',
  name: 'get-cluster',
  summary: 'One registered cluster',
  http: { method: 'GET', path: '/api/kubernetes/clusters/:cluster_id' },
  callers: ['gateway', 'compiler', 'deployer', 'operations'],
  access: { role: 'viewer', scope: 'cluster' },
  audit: 'none',
  input: z.strictObject({ cluster_id: clusterId }),
  output: cluster,
  errors: clusterErrors,
});
