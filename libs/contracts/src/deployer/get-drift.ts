import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { drift } from './drift.ts';
import { stackErrors } from './errors.ts';

export const getDrift = defineOperation({
  service: 'deployer',
  name: 'get-drift',
  summary: 'What was last found of what others have changed in a stack: which field, by which manager, since when',
  http: { method: 'GET', path: '/api/stacks/:stack_id/drift' },
  callers: ['gateway', 'notifier'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({ stack_id: stackId }),
  output: drift,
  errors: { STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND },
});
