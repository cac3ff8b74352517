import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { composeService, stackId } from '../fields.ts';
import { jobFields, stackJob, stackJobErrors } from './stack-job.ts';

export const redeployStack = defineOperation({
  ...stackJob,
  name: 'redeploy-stack',
  summary: 'Deploy the last good revision again: the same content, whatever its files say by now',
  http: { method: 'POST', path: '/api/stacks/:stack_id/redeploy', status: 202, cost: 'compile', repeat: 'by-key' },
  input: z.strictObject({
    stack_id: stackId,
    services: z.array(composeService).min(1).max(500).optional(),
    ...jobFields,
  }),
  errors: stackJobErrors,
});
