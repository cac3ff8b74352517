import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { composeService, COUNTER_MAX, deploymentId, stackId } from '../fields.ts';
import { jobFields, stackJob, stackJobErrors } from './stack-job.ts';

export const rollbackStack = defineOperation({
  ...stackJob,
  name: 'rollback-stack',
  summary: 'Bring back a revision of a stack, or of some of its services; one-shots do not run again',
  http: { method: 'POST', path: '/api/stacks/:stack_id/rollback', status: 202, repeat: 'by-key' },
  input: z.strictObject({
    stack_id: stackId,
    services: z.array(composeService).min(1).max(500).optional().describe('Only these; the rest stays as it is'),
    to_deployment_id: deploymentId.optional(),
    to_revision: z
      .int()
      .min(1)
      .max(COUNTER_MAX)
      .optional()
      .describe('Its number; the last good one before the current unless given'),
    ...jobFields,
  }),
  errors: stackJobErrors,
});
