import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { composeService, kubernetesName, stackId } from '../fields.ts';
import { jobFields, stackJob, stackJobErrors } from './stack-job.ts';

export const removeStack = defineOperation({
  ...stackJob,
  name: 'remove-stack',
  summary: 'Delete what a stack has, or some of its services; claims stay unless they are named',
  http: { method: 'POST', path: '/api/stacks/:stack_id/remove', status: 202, repeat: 'by-key' },
  input: z.strictObject({
    stack_id: stackId,
    services: z.array(composeService).min(1).max(500).optional().describe('Only these'),
    delete_claims: z.array(kubernetesName).max(500).optional().describe('PersistentVolumeClaims to delete, by name'),
    delete_namespace: z
      .boolean()
      .optional()
      .describe('The namespace as well, if this stack made it and nothing else is in it'),
    ...jobFields,
  }),
  errors: stackJobErrors,
});
