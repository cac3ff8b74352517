import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { jobFields, stackJob, stackJobErrors, stackServicePlace } from './stack-job.ts';

export const stopService = defineOperation({
  ...stackJob,
  name: 'stop-service',
  summary: 'Scale a service to nothing; `start` brings it back as it was',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/stop', status: 202, repeat: 'by-key' },
  input: z.strictObject({ ...stackServicePlace, ...jobFields }),
  errors: {
    ...stackJobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
  },
});
