import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { servicePlace } from './service-place.ts';

export const restartService = defineOperation({
  service: 'deployer',
  name: 'restart-service',
  summary: 'Replace the pods of a service one after the other',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/services/:service_name/restart', status: 202 },
  input: z.strictObject({ ...servicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...serviceErrors,
    ...jobErrors,
    NOTHING_TO_RESTART: { kind: 'conflict', summary: 'Nothing of this service has pods that can be replaced.' },
  },
});
