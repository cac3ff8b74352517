import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, labels, namespace } from '../fields.ts';

export const pod = z
  .object({
    name: z.string(),
    namespace: z.string(),
    status: z.string(),
    restarts: z.int(),
    age: z.string(),
    labels,
    node: z.string().describe('`N/A` when unscheduled'),
  })
  .meta({ id: 'Pod' });

export const listPods = defineOperation({
  service: 'deployer',
  name: 'list-pods',
  summary: 'Pods of a namespace, or of one service in it',
  http: { method: 'GET', path: '/api/kubernetes/:cluster_id/pods', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'namespace' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    cluster_id: clusterId,
    namespace: namespace.optional(),
    service_name: z.string().max(63).optional().describe('Only pods with this `app.kubernetes.io/name`'),
  }),
  output: z.object({ pods: z.array(pod), namespace: z.string() }),
  errors: clusterAccessErrors,
});
