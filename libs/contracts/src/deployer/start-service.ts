import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { stackServicePlace } from './stack-service-place.ts';

export const startService = defineOperation({
  service: 'deployer',
  name: 'start-service',
  summary: 'Start a stopped service as it was before',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/start', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...stackErrors,
    ...jobErrors,
    NOT_STOPPED: { kind: 'conflict', summary: 'The service is not stopped.' },
  },
});
