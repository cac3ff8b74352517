import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { planId } from '../fields.ts';
import { planErrors } from './errors.ts';
import { plan } from './plan.ts';

export const getPlan = defineOperation({
  service: 'deployer',
  name: 'get-plan',
  summary: 'One stored plan',
  http: { method: 'GET', path: '/api/plans/:plan_id' },
  input: z.strictObject({ plan_id: planId }),
  output: plan,
  errors: planErrors,
});
