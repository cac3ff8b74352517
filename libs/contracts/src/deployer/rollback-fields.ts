import { z } from 'zod';
import { composeService, COUNTER_MAX, deploymentId, revisionTag } from '../fields.ts';

/** Where to go back to, and with what. */
export const rollbackFields = {
  services: z.array(composeService).min(1).max(500).optional().describe('Only these; the rest stays as it is'),
  to_deployment_id: deploymentId.optional(),
  to_revision: z
    .int()
    .min(1)
    .max(COUNTER_MAX)
    .optional()
    .describe('Its number; the last good one before the current unless a revision is named'),
  to_tag: revisionTag.optional().describe('A tag of it'),
  before_deployment_id: deploymentId.optional().describe('To the last good one before this deployment: undoes it'),
} as const;

const TARGETS = ['to_deployment_id', 'to_revision', 'to_tag', 'before_deployment_id'] as const;

/** Says so where more than one place to go back to is named. */
export function refuseSeveralTargets(
  input: Readonly<Partial<Record<(typeof TARGETS)[number], unknown>>>,
  context: { readonly addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void },
): void {
  const [first, second] = TARGETS.filter((name) => input[name] !== undefined);
  if (first !== undefined && second !== undefined)
    context.addIssue({ code: 'custom', path: [second], message: `says where to go back to, and so does ${first}` });
}
