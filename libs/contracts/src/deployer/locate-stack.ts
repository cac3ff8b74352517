import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackId } from '../fields.ts';
import { target } from '../target.ts';
import { stackErrors } from './errors.ts';

/** Where a stack is, and by what its pods are known. Nothing of its cluster is looked at. */
export const stackPlace = z.object({
  stack_id: stackId,
  target,
  namespace: z.string(),
  project: z.string(),
  services: z.array(
    z.object({
      service: z.string(),
      object_name: z.string().describe('`app.kubernetes.io/name` of all that it has'),
      runs_once: z.boolean().describe('What has run may be gone'),
      objects: z
        .array(z.object({ id: z.string(), expected: z.boolean() }))
        .describe('`Kind/namespace/name` of what it wants; expected: the last good revision has it'),
    }),
  ),
});
export type StackPlaceData = z.infer<typeof stackPlace>;

export const locateStack = defineOperation({
  service: 'deployer',
  name: 'locate-stack',
  summary:
    'Where a stack is, with its services: those of its last good revision, of what was tried since, and what is left',
  callers: ['operations', 'notifier'],
  access: { role: 'service', scope: 'stack' },
  audit: 'none',
  input: z.strictObject({ stack_id: stackId }),
  output: stackPlace,
  errors: { STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND },
});
