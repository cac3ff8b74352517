import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackErrors } from '../deployer/errors.ts';
import { composeService, stackId } from '../fields.ts';
import { hook, hookName, hookSigningKey, hookToken } from './hook.ts';

export const createHook = defineOperation({
  service: 'notifier',
  name: 'create-hook',
  summary: 'Let whoever has a token update images of a stack, as a CI job or a registry does',
  http: { method: 'POST', path: '/api/stacks/:stack_id/hooks', status: 201 },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'hook.created',
  sealed: ['request'],
  deadlineMs: 25_000,
  input: z.strictObject({
    stack_id: stackId,
    name: hookName,
    token: hookToken.describe('At least 32 random bytes; kept as a digest alone'),
    signing_key: hookSigningKey
      .optional()
      .describe('Then every call has to be signed with it: `X-Hub-Signature-256`, or as Standard Webhooks has it'),
    services: z.array(composeService).max(100).optional().describe('Only these services; all unless given'),
    any_repository: z.boolean().optional().describe('Also images of other repositories than the service has'),
  }),
  output: hook,
  errors: {
    STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND,
    SERVICE_NOT_DEPLOYED: stackErrors.SERVICE_NOT_DEPLOYED,
    HOOK_NAME_TAKEN: { kind: 'conflict', summary: 'The stack has a hook of this name.' },
    TOO_MANY_HOOKS: { kind: 'invalid', summary: 'The stack has as many hooks as it may have.' },
  },
});
