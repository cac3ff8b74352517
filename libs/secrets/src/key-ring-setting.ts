import { z } from 'zod';
import { parseKeyRing, type KeyRing } from './key-ring.ts';

/** A key ring, each of whose problems is an issue of its own. */
const ring = z.string().transform((text, context): KeyRing => {
  const parsed = parseKeyRing(text);
  for (const problem of parsed.problems) context.addIssue({ code: 'custom', message: problem });
  return parsed.ring ?? z.NEVER;
});

/** The setting `USHADOW_KEYS` of every service that keeps something encrypted. */
export const keyRingSetting = ring.describe(
  'Key ring `id:base64key[,…]`; the first encrypts what is stored; of this service alone',
);

/** The setting `AUDIT_KEYS` of every service that has an audit. */
export const auditKeysSetting = ring.describe(
  'Key ring `id:base64key[,…]`; the first seals new entries of the audit, all of them check old ones; of this service alone',
);
