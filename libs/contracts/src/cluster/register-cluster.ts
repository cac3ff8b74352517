import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { labels, namespace } from '../fields.ts';
import { kubeconfig } from './kubeconfig.ts';
import { registeredCluster } from './registered-cluster.ts';

export const registerCluster = defineOperation({
  service: 'cluster',
  name: 'register-cluster',
  summary: 'Register a cluster from a kubeconfig, after a live check',
  http: { method: 'POST', path: '/api/kubernetes/clusters', status: 201, cost: 'outbound', repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'installation' },
  audit: 'cluster.registered',
  sealed: ['request'],
  deadlineMs: 30_000,
  input: z.strictObject({
    name: z.string().trim().min(1).max(100),
    kubeconfig,
    context: z.string().min(1).max(253).optional().describe('Context to use; the current one unless given'),
    namespace: namespace.optional().describe('Default namespace of deployments; `ushadow` unless given'),
    labels: labels.optional(),
    allow_unreachable: z
      .boolean()
      .optional()
      .describe('Store the cluster as `unreachable` when the live check cannot reach it'),
    allow_duplicate: z
      .boolean()
      .optional()
      .describe(
        'Register the API server also when it is registered already; `same_as` in the answer says under which ids',
      ),
  }),
  output: registeredCluster,
  errors: {
    KUBECONFIG_INVALID: {
      kind: 'invalid',
      summary: 'Not a usable kubeconfig; `details.problems` lists field, problem and remedy.',
    },
    KUBECONFIG_REFUSED: {
      kind: 'invalid',
      summary: 'The kubeconfig asks for something that is never done for an upload (exec plugin, file path, proxy …).',
    },
    ADDRESS_FORBIDDEN: {
      kind: 'invalid',
      summary: 'The API server’s address is not one this installation may connect to.',
    },
    CLUSTER_UNREACHABLE: {
      kind: 'unavailable',
      status: 424,
      summary: 'The live check failed; `details.reason` says how.',
    },
    CLUSTER_UNAUTHORIZED: { kind: 'invalid', status: 424, summary: 'The API server refuses these credentials.' },
    CLUSTER_ALREADY_REGISTERED: {
      kind: 'conflict',
      summary: 'This API server is registered; `details.cluster_id` and `details.name` say as which cluster.',
    },
    CLUSTER_NAME_TAKEN: { kind: 'conflict', summary: 'Another cluster has this name.' },
  },
});
