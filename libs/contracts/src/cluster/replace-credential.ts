import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';
import { kubeconfig } from './kubeconfig.ts';
import { registerCluster } from './register-cluster.ts';
import { registeredCluster } from './registered-cluster.ts';

const { KUBECONFIG_INVALID, KUBECONFIG_REFUSED, ADDRESS_FORBIDDEN, CLUSTER_UNREACHABLE, CLUSTER_UNAUTHORIZED } =
  registerCluster.errors;

export const replaceCredential = defineOperation({
  service: 'cluster',
  name: 'replace-credential',
  summary: 'Replace a cluster’s credential from a new kubeconfig, after the same checks as at registration',
  http: { method: 'PUT', path: '/api/kubernetes/clusters/:cluster_id/credential', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'cluster' },
  audit: 'credential.replaced',
  sealed: ['request'],
  deadlineMs: 30_000,
  input: z.strictObject({
    cluster_id: clusterId,
    kubeconfig,
    context: z.string().min(1).max(253).optional(),
  }),
  output: registeredCluster,
  errors: {
    ...clusterErrors,
    KUBECONFIG_INVALID,
    KUBECONFIG_REFUSED,
    ADDRESS_FORBIDDEN,
    CLUSTER_UNREACHABLE,
    CLUSTER_UNAUTHORIZED,
  },
});
