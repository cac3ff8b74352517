import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { stackErrors } from './errors.ts';
import { stack } from './stack.ts';

export const getStack = defineOperation({
  service: 'deployer',
  name: 'get-stack',
  summary: 'A stack with its services: health, sync, last deployment, addresses, and the configuration it has',
  http: { method: 'GET', path: '/api/stacks/:stack_id' },
  callers: ['gateway', 'notifier'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({ stack_id: stackId }),
  output: stack,
  errors: { STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND },
});
