import { z } from 'zod';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { namespace, secret, serviceId } from '../fields.ts';
import { deployOptionFields } from './deploy-options.ts';

/** What is to be deployed where and how: the same for a plan and for a deployment without one. */
export const deployRequestFields = {
  service_id: serviceId,
  namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
  node_name: z.string().max(253).optional(),
  k8s_spec: deploymentSpec.optional(),
  env_vars: z
    .record(z.string().min(1).max(253), secret(z.string()))
    .optional()
    .describe('Values typed by the user; they win over every other source'),
  ...deployOptionFields,
} as const;
