import { z } from 'zod';
import { deploymentSpec } from '../compiler/deployment-spec.ts';
import { environmentInput } from '../compiler/environment.ts';
import { namespace, serviceId } from '../fields.ts';
import { deployOptionFields } from './deploy-options.ts';

/** What is to be deployed where and how: the same for a plan and for a deployment without one. */
export const deployRequestFields = {
  service_id: serviceId,
  namespace: namespace.optional().describe('The cluster’s default namespace unless given'),
  node_name: z.string().max(253).optional(),
  k8s_spec: deploymentSpec.optional(),
  ...environmentInput,
  ...deployOptionFields,
} as const;
