import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { cluster } from './cluster.ts';
import { clusterErrors } from './errors.ts';

export const checkCluster = defineOperation({
  service: 'cluster',
  name: 'check-cluster',
  summary: 'Check a cluster now and give back its new status',
  http: { method: 'POST', path: '/api/kubernetes/clusters/:cluster_id/check', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'cluster' },
  audit: 'none',
  deadlineMs: 30_000,
  input: z.strictObject({ cluster_id: clusterId }),
  output: cluster,
  errors: clusterErrors,
});
