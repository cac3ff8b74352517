import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { jobFields, stackJob, stackJobErrors, stackServicePlace } from './stack-job.ts';

export const scaleService = defineOperation({
  ...stackJob,
  name: 'scale-service',
  summary: 'Change the number of replicas of a service; it holds until the file changes that number',
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/scale', status: 202, repeat: 'by-key' },
  input: z.strictObject({ ...stackServicePlace, replicas: z.int().min(0).max(100), ...jobFields }),
  errors: {
    ...stackJobErrors,
    NOT_SCALABLE: { kind: 'conflict', summary: 'Nothing of this service has a number of replicas to change.' },
    SINGLE_WRITER: {
      kind: 'conflict',
      summary: 'More than one replica of what only one may write to would share a claim.',
    },
  },
});
