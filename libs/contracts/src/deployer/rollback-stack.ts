import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { planId, stackId } from '../fields.ts';
import { deploymentErrors, planErrors } from './errors.ts';
import { refuseSeveralTargets, rollbackFields } from './rollback-fields.ts';
import { jobFields, stackJob, stackJobErrors } from './stack-job.ts';

/** Beside a plan there is nothing left to choose but how to begin. */
const besidePlan = new Set(['stack_id', 'plan_id', ...Object.keys(jobFields)]);

export const rollbackStack = defineOperation({
  ...stackJob,
  name: 'rollback-stack',
  summary: 'Bring back a revision of a stack, or of some of its services; one-shots do not run again',
  http: { method: 'POST', path: '/api/stacks/:stack_id/rollback', status: 202, cost: 'outbound', repeat: 'by-key' },
  deadlineMs: 60_000,
  input: z
    .strictObject({
      stack_id: stackId,
      ...rollbackFields,
      plan_id: planId.optional().describe('Applies exactly this plan of a rollback; what it goes back to is in it'),
      ...jobFields,
    })
    .superRefine((input, context) => {
      refuseSeveralTargets(input, context);
      if (input.plan_id === undefined) return;
      for (const [name, value] of Object.entries(input)) {
        if (value !== undefined && !besidePlan.has(name))
          context.addIssue({ code: 'custom', path: [name], message: 'is part of the plan; make another plan instead' });
      }
    }),
  errors: { ...stackJobErrors, ...deploymentErrors, ...planErrors },
});
