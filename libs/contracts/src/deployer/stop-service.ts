import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { stackServicePlace } from './stack-service-place.ts';

export const stopService = defineOperation({
  service: 'deployer',
  name: 'stop-service',
  summary: 'Scale a service to nothing; `start` brings it back as it was',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/stop', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...stackErrors,
    ...jobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
  },
});
