import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, kubernetesName, namespace } from '../fields.ts';

const TAIL_MAX = 10_000;
const TAIL_USUAL = 100;

export const getPodLogs = defineOperation({
  service: 'operations',
  name: 'get-pod-logs',
  summary: 'The last lines of a pod’s main container, or of its run before the current one',
  http: { method: 'GET', path: '/api/kubernetes/:cluster_id/pods/:pod/logs', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'operator', scope: 'namespace' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    cluster_id: clusterId,
    pod: kubernetesName,
    namespace: namespace.optional(),
    container: kubernetesName.optional().describe('The main one unless given'),
    previous: z.union([z.boolean(), z.stringbool()]).default(false),
    tail_lines: z.coerce.number().int().min(1).max(TAIL_MAX).default(TAIL_USUAL),
  }),
  output: z
    .object({ pod_name: z.string(), namespace: z.string(), previous: z.boolean(), logs: z.string() })
    .meta({ id: 'PodLogs' }),
  errors: {
    POD_NOT_FOUND: { kind: 'not-found', summary: 'No pod has this name in the namespace.' },
    LOGS_NOT_READY: {
      kind: 'conflict',
      summary: 'The container has written nothing yet: it has not started, or has no run before the current one.',
    },
    ...clusterAccessErrors,
  },
});
