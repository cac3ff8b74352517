import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { composeService, revisionNumber, stackId } from '../fields.ts';
import { stackErrors } from './errors.ts';
import { revision } from './revision.ts';

export const getHistory = defineOperation({
  service: 'deployer',
  name: 'get-history',
  summary: 'The revisions of a stack, newest first',
  http: { method: 'GET', path: '/api/stacks/:stack_id/history' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({
    stack_id: stackId,
    service: composeService.optional().describe('Only revisions that were about this service'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    before: revisionNumber.optional().describe('Only revisions below this number'),
  }),
  output: z.object({
    stack_id: stackId,
    project: z.string(),
    namespace: z.string(),
    revisions: z.array(revision),
  }),
  errors: { STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND },
});
