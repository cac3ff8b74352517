import { z } from 'zod';

/** What may be said with everything that starts a worker. */
export const jobFields = {
  supersede: z
    .boolean()
    .optional()
    .describe('Ends the deployment of this service that is under way and follows it; without it that one is a refusal'),
  message: z.string().max(300).optional().describe('For the history: why'),
} as const;
