import { z } from 'zod';
import { usedVariable } from '../compiler/environment.ts';
import { defineOperation } from '../define-operation.ts';
import { clusterId, deploymentId, namespace, serviceId, timestamp } from '../fields.ts';

export const lastEnvironment = defineOperation({
  service: 'deployer',
  name: 'last-environment',
  summary: 'The environment that the last deployment of a service to a place was made with',
  callers: ['compiler'],
  access: { role: 'service', scope: 'cluster' },
  audit: 'none',
  input: z.strictObject({ cluster_id: clusterId, namespace, service_id: serviceId }),
  output: z.object({
    last: z.object({ deployment_id: deploymentId, time: timestamp, variables: z.array(usedVariable) }).nullable(),
  }),
  errors: {},
});
