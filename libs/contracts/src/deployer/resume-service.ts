import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, serviceErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { servicePlace } from './service-place.ts';

export const resumeService = defineOperation({
  service: 'deployer',
  name: 'resume-service',
  summary: 'Bring a stopped service back as it was before',
  http: { method: 'POST', path: '/api/kubernetes/:cluster_id/services/:service_name/start', status: 202 },
  input: z.strictObject({ ...servicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...serviceErrors,
    ...jobErrors,
    NOT_STOPPED: { kind: 'conflict', summary: 'The service is not stopped.' },
  },
});
