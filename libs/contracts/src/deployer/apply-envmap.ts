import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace, secret } from '../fields.ts';

export const applyEnvmap = defineOperation({
  service: 'deployer',
  name: 'apply-envmap',
  summary: 'Create or update the ConfigMap and the Secret that carry a service’s environment',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/envmap' },
  deadlineMs: 30_000,
  input: z.strictObject({
    cluster_id: clusterId,
    service_name: z.string().min(1).max(253),
    namespace: namespace.optional(),
    env_vars: z.record(z.string().min(1).max(253), secret(z.string())),
  }),
  output: z.object({
    success: z.literal(true),
    configmap: z.string().nullable(),
    secret: z.string().nullable(),
    namespace: z.string(),
  }),
  errors: clusterAccessErrors,
});
