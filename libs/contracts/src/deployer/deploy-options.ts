import { z } from 'zod';
import { kubernetesName } from '../fields.ts';

/** How a deployment may go about it; a plan is made for exactly these. */
export const deployOptionFields = {
  deadline_seconds: z
    .int()
    .min(5)
    .max(3600)
    .optional()
    .describe('Until when the rollout must be ready; 300 unless given'),
  stall_seconds: z
    .int()
    .min(5)
    .max(3600)
    .optional()
    .describe('How long nothing may move before it is given up; 240 unless given'),
  take_over: z
    .boolean()
    .optional()
    .describe('Claims fields that other managers own; without it such a conflict is a refusal that names the manager'),
  recreate: z
    .enum(['jobs', 'all', 'none'])
    .optional()
    .describe(
      'What may be deleted and made anew to change an immutable field; `jobs`, and Services that get or lose their address, unless given. Never a claim',
    ),
  rollback: z.boolean().optional().describe('Whether a failure goes back to the last good revision; true unless given'),
  prune: z.boolean().optional().describe('Whether what is no longer wanted is deleted; true unless given'),
  delete_claims: z
    .array(kubernetesName)
    .max(100)
    .optional()
    .describe('Names of PersistentVolumeClaims that may be deleted when no longer wanted; others are kept'),
} as const;

export const deployOptions = z
  .object({
    deadline_seconds: z.int(),
    stall_seconds: z.int(),
    take_over: z.boolean(),
    recreate: z.enum(['jobs', 'all', 'none']),
    rollback: z.boolean(),
    prune: z.boolean(),
    delete_claims: z.array(z.string()),
    adopt: z.array(z.string()),
  })
  .meta({ id: 'DeployOptions' });

export type DeployOptionsData = z.infer<typeof deployOptions>;
