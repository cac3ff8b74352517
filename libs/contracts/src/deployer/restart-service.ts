import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { jobFields, stackJob, stackJobErrors, stackServicePlace } from './stack-job.ts';

export const restartService = defineOperation({
  ...stackJob,
  name: 'restart-service',
  access: { role: 'operator', scope: 'stack' },
  summary: 'Replace all pods of a service',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/restart', status: 202, repeat: 'by-key' },
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  errors: {
    ...stackJobErrors,
    NOTHING_TO_RESTART: { kind: 'conflict', summary: 'Nothing of this service has pods that can be replaced.' },
  },
});
