import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { planId } from '../fields.ts';
import { planErrors, stackErrors } from './errors.ts';
import { plan } from './plan.ts';

export const planAgain = defineOperation({
  service: 'deployer',
  name: 'plan-again',
  summary:
    'Make a plan anew from its inputs: the same wish and options, asked of the stack and the cluster as they are now',
  http: { method: 'POST', path: '/api/plans/:plan_id/again', status: 201, cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 30_000,
  input: z.strictObject({ plan_id: planId }),
  output: plan,
  errors: {
    PLAN_NOT_FOUND: planErrors.PLAN_NOT_FOUND,
    PLAN_EXPIRED: planErrors.PLAN_EXPIRED,
    ...clusterAccessErrors,
    ...stackErrors,
  },
});
