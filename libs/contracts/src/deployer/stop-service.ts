import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { servicePlace } from './service-place.ts';

export const stopService = defineOperation({
  service: 'deployer',
  name: 'stop-service',
  summary: 'Scale a service to nothing; what it has otherwise stays',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/services/:service_name/stop', status: 202 },
  input: z.strictObject({ ...servicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...serviceErrors,
    ...jobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
  },
});
