import { z } from 'zod';
import { projectName } from '../fields.ts';

/** What belongs to a stack is no infrastructure for others, unless they choose it. */
export const infraOf = z
  .array(projectName)
  .max(100)
  .optional()
  .describe('Projects whose databases, caches and queues count when a scan has found them; remembered');
