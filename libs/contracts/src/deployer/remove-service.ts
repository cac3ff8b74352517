import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { kubernetesNames } from '../fields.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { servicePlace } from './service-place.ts';

/** Its input travels as a query: what is text there is read as what it stands for. */
export const removeService = defineOperation({
  service: 'deployer',
  name: 'remove-service',
  summary: 'Delete everything a service has in its namespace; claims stay unless they are named',
  http: { method: 'DELETE', path: '/api/kubernetes/:cluster_id/services/:service_name', status: 202 },
  input: z.strictObject({
    ...servicePlace,
    delete_claims: kubernetesNames
      .optional()
      .describe('Names of PersistentVolumeClaims to delete with it, separated by commas'),
    supersede: z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .or(z.boolean())
      .optional(),
    message: z.string().max(300).optional(),
  }),
  output: deployment,
  errors: { ...clusterAccessErrors, ...serviceErrors, ...jobErrors },
});
