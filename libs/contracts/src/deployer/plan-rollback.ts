import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { deploymentErrors, stackErrors } from './errors.ts';
import { plan } from './plan.ts';
import { refuseSeveralTargets, rollbackFields } from './rollback-fields.ts';

export const planRollback = defineOperation({
  service: 'deployer',
  name: 'plan-rollback',
  summary:
    'Ask the cluster what going back to a revision would do, say what of it is gone, and keep the answer; a rollback with it does exactly that',
  http: { method: 'POST', path: '/api/stacks/:stack_id/rollback/plan', status: 201, cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 30_000,
  input: z.strictObject({ stack_id: stackId, ...rollbackFields }).superRefine(refuseSeveralTargets),
  output: plan,
  errors: { ...clusterAccessErrors, ...deploymentErrors, ...stackErrors },
});
