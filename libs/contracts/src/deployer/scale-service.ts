import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';
import { jobFields } from './job-request.ts';
import { stackServicePlace } from './stack-service-place.ts';

export const scaleService = defineOperation({
  service: 'deployer',
  name: 'scale-service',
  summary: 'Change the number of replicas of a service; it holds until the file changes that number',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/scale', status: 202, repeat: 'by-key' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  input: z.strictObject({ ...stackServicePlace, replicas: z.int().min(0).max(100), ...jobFields }),
  output: deployment,
  errors: {
    ...clusterAccessErrors,
    ...stackErrors,
    ...jobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
    SINGLE_WRITER: {
      kind: 'conflict',
      summary: 'More than one replica of what only one may write to would share a claim.',
    },
  },
});
