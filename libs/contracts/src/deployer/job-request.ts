import { z } from 'zod';

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
