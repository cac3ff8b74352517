import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { servicePlace } from './service-place.ts';

export const scaleService = defineOperation({
  service: 'deployer',
  name: 'scale-service',
  summary: 'Change the number of replicas of a service',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/services/:service_name/scale', status: 202 },
  input: z.strictObject({ ...servicePlace, replicas: z.int().min(0).max(100), ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...serviceErrors,
    ...jobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
  },
});
