import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { variableValue } from '../compiler/environment.ts';
import { clusterId, namespace } from '../fields.ts';

/** Kubernetes skips other keys of an `envFrom` and says so in an event alone. */
const environmentKey = z
  .string()
  .min(1)
  .max(253)
  .regex(
    /^[-._a-zA-Z][-._a-zA-Z0-9]*$/,
    'a variable name has letters, digits, "-", "_" and ".", and starts with no digit',
  );

export const applyEnvmap = defineOperation({
  service: 'deployer',
  name: 'apply-envmap',
  summary: 'Create or update the ConfigMap and the Secret that carry a service’s environment',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/envmap', repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'namespace' },
  audit: 'deployment.requested',
  sealed: ['request'],
  deadlineMs: 30_000,
  input: z.strictObject({
    cluster_id: clusterId,
    service_name: z.string().min(1).max(253),
    namespace: namespace.optional(),
    env_vars: z
      .record(environmentKey, variableValue)
      .describe('All of the service’s variables; what is not here is removed'),
    env_secrets: z
      .record(environmentKey, z.boolean())
      .optional()
      .describe('Whether a variable is kept in the Secret, where the detector’s answer does not suit'),
  }),
  output: z.object({
    success: z.literal(true),
    configmap: z.string().nullable(),
    secret: z.string().nullable(),
    namespace: z.string(),
  }),
  errors: clusterAccessErrors,
});
