import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { stackErrors } from './errors.ts';

export const openMaskValues = defineOperation({
  service: 'deployer',
  name: 'open-mask-values',
  summary: 'The secret values of a stack, for the asking service alone, which masks them in what containers write',
  callers: ['operations'],
  access: { role: 'service', scope: 'stack' },
  audit: 'none',
  sealed: ['answer'],
  input: z.strictObject({ stack_id: stackId }),
  output: z.object({ values: z.array(z.string()) }),
  errors: { STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND },
});
