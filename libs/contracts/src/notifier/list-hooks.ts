import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { hook } from './hook.ts';

export const listHooks = defineOperation({
  service: 'notifier',
  name: 'list-hooks',
  summary: 'Hooks of a stack, by name; never their tokens',
  http: { method: 'GET', path: '/api/stacks/:stack_id/hooks' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({ stack_id: stackId }),
  output: z.object({ hooks: z.array(hook) }),
  errors: {},
});
