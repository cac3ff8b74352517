import { z } from 'zod';

/** Where a stack lives: a kind of place, and which one. */
export const target = z
  .object({ kind: z.enum(['kubernetes']), id: z.string().describe('The cluster’s id, for `kubernetes`') })
  .meta({ id: 'Target' });
