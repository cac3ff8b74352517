import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { jobFields, stackJob, stackJobErrors, stackServicePlace } from './stack-job.ts';

export const startService = defineOperation({
  ...stackJob,
  name: 'start-service',
  summary: 'Start a stopped service as it was before',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/start', status: 202, repeat: 'by-key' },
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  errors: {
    ...stackJobErrors,
    NOT_STOPPED: { kind: 'conflict', summary: 'The service is not stopped.' },
  },
});
