import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { hookId } from './hook.ts';

export const removeHook = defineOperation({
  service: 'notifier',
  name: 'remove-hook',
  summary: 'Revoke a hook: its token is good for nothing from then on',
  http: { method: 'DELETE', path: '/api/stacks/:stack_id/hooks/:hook_id' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'hook.removed',
  input: z.strictObject({ stack_id: stackId, hook_id: hookId }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: { HOOK_NOT_FOUND: { kind: 'not-found', summary: 'The stack has no hook of this id.' } },
});
