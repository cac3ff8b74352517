import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { composeService, stackId } from '../fields.ts';
import { deployment } from './deployment.ts';
import { jobErrors, stackErrors } from './errors.ts';

/** What may be said with everything that starts a worker. */
export const jobFields = {
  supersede: z
    .boolean()
    .optional()
    .describe(
      'While a deployment of this stack is under way: true ends it, if it is about none but these services, and else waits for it; false waits; absent waits for one about other services, and is a refusal for one about the same',
    ),
  message: z.string().max(300).optional().describe('For the history: why'),
} as const;

/** Names a service of a stack. */
export const stackServicePlace = { stack_id: stackId, service: composeService } as const;

/** What all have in common that start a worker on a stack that exists: they answer at once with the deployment that begins. */
export const stackJob = {
  service: 'deployer',
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'deployment.requested',
  output: deployment,
} as const;

export const stackJobErrors = { ...clusterAccessErrors, ...stackErrors, ...jobErrors } as const;
