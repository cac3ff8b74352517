import { z } from 'zod';
import { parseKeyRing, type KeyRing } from './key-ring.ts';

/** The setting `USHADOW_KEYS` of every service that keeps something encrypted; each problem is an issue of its own. */
export const keyRingSetting = z
  .string()
  .transform((text, context): KeyRing => {
    const { ring, problems } = parseKeyRing(text);
    for (const problem of problems) context.addIssue({ code: 'custom', message: problem });
    return ring ?? z.NEVER;
  })
  .describe('Key ring `id:base64key[,…]`; the first encrypts what is stored; of this service alone');
