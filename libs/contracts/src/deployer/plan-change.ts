import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { changeErrors } from './change-errors.ts';
import { plan } from './plan.ts';
import { stackChange } from './stack-change.ts';

export const planChange = defineOperation({
  service: 'deployer',
  name: 'plan-change',
  summary:
    'Ask the cluster what a change of a stack would do, and keep the answer; change-stack can apply exactly that',
  http: { method: 'POST', path: '/api/stacks/:stack_id/change/plan', status: 201, cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 60_000,
  input: z.strictObject({ stack_id: stackId, change: stackChange }),
  output: plan,
  errors: changeErrors,
});
