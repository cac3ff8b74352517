import { z } from 'zod';
import { timestamp } from '../fields.ts';

/** A registry as people write it; the answer has it in one spelling. */
export const registry = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe('Registry, `host[:port][/path]`, with a path where it is for that alone');

/** What is shown of a registry credential: everything but the password. */
export const pullSecret = z
  .object({
    registry: z.string().describe('`host[:port][/path]`; Docker Hub is `docker.io`'),
    username: z.string(),
    updated_at: timestamp,
  })
  .meta({ id: 'PullSecret' });
