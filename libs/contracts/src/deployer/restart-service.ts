import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { stackServicePlace } from './stack-service-place.ts';

export const restartService = defineOperation({
  service: 'deployer',
  name: 'restart-service',
  summary: 'Replace all pods of a service',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/restart', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...stackErrors,
    ...jobErrors,
    NOTHING_TO_RESTART: { kind: 'conflict', summary: 'Nothing of this service has pods that can be replaced.' },
  },
});
