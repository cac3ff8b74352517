import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { planId, stackId } from '../fields.ts';
import { changeErrors } from './change-errors.ts';
import { planErrors } from './errors.ts';
import { stackChange } from './stack-change.ts';
import { jobFields, stackJob } from './stack-job.ts';

export const changeStack = defineOperation({
  ...stackJob,
  callers: ['gateway', 'notifier'],
  name: 'change-stack',
  summary:
    'Change a stack from its last good content: mend or adopt drift, another image, probes, pull secrets, stop, start, restart',
  http: { method: 'POST', path: '/api/stacks/:stack_id/change', status: 202, cost: 'outbound', repeat: 'by-key' },
  deadlineMs: 60_000,
  input: z
    .strictObject({
      stack_id: stackId,
      change: stackChange.optional(),
      plan_id: planId.optional().describe('Applies exactly this plan of plan-change'),
      ...jobFields,
    })
    .superRefine(({ change, plan_id: plan }, context) => {
      if ((change === undefined) === (plan === undefined))
        context.addIssue({ code: 'custom', path: ['change'], message: 'is given, or else a plan' });
    }),
  errors: { ...changeErrors, ...planErrors },
});
