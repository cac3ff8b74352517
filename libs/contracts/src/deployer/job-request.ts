import { z } from 'zod';

/** What may be said with everything that starts a worker. */
export const jobFields = {
  supersede: z
    .boolean()
    .optional()
    .describe(
      'true: ends a deployment of this stack that is under way, if it is about none but these services, and else waits for it; false: waits for it; absent: it is a refusal',
    ),
  message: z.string().max(300).optional().describe('For the history: why'),
} as const;
