import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { planId } from '../fields.ts';
import { planErrors } from './errors.ts';
import { plan } from './plan.ts';

export const getPlan = defineOperation({
  service: 'deployer',
  name: 'get-plan',
  summary: 'One stored plan; the objects of a large one page by page',
  http: { method: 'GET', path: '/api/plans/:plan_id' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({
    plan_id: planId,
    cursor: z
      .string()
      .regex(/^[0-9]{1,6}$/, 'is not the `next_cursor` of a plan')
      .optional()
      .describe('`next_cursor` of the page before'),
  }),
  output: plan,
  errors: planErrors,
});
