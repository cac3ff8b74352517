import { z } from 'zod';
import { clusterErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, kubernetesName, namespace } from '../fields.ts';
import { revision } from './revision.ts';

export const getHistory = defineOperation({
  service: 'deployer',
  name: 'get-history',
  summary: 'The revisions of a service in a namespace, newest first',
  http: { method: 'GET', path: '/api/kubernetes/:cluster_id/history' },
  input: z.strictObject({
    cluster_id: clusterId,
    namespace: namespace.optional(),
    service_name: kubernetesName,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    before: z.coerce.number().int().min(1).optional().describe('Only revisions below this number'),
  }),
  output: z.object({ namespace: z.string(), service_name: z.string(), revisions: z.array(revision) }),
  errors: clusterErrors,
});
