import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { secret } from '../fields.ts';
import { jobFields, stackJob, stackJobErrors, stackServicePlace } from './stack-job.ts';

/** What stands behind a command may be a password. */
const words = z.array(secret(z.string().max(10_000))).max(200);

export const runJob = defineOperation({
  ...stackJob,
  name: 'run-job',
  summary:
    'Run a one-shot again, or a service once with another command, as a Job of the stack; its end is the verdict',
  sealed: ['request'],
  http: { method: 'POST', path: '/api/stacks/:stack_id/services/:service/run', status: 202, repeat: 'by-key' },
  input: z.strictObject({
    ...stackServicePlace,
    command: words.optional().describe('In place of the service’s own; its entrypoint stays'),
    entrypoint: words.min(1).optional().describe('In place of the image’s or the service’s own'),
    deadline_seconds: z.int().min(5).max(3600).optional().describe('Until when it must have ended; 300 unless given'),
    keep_seconds: z
      .int()
      .min(60)
      .max(7 * 86_400)
      .optional()
      .describe('How long the Job stays after its end, for its logs; an hour unless given'),
    ...jobFields,
  }),
  errors: {
    ...stackJobErrors,
    NOT_RUNNABLE: { kind: 'conflict', summary: 'Nothing of this service has a pod to run.' },
  },
});
