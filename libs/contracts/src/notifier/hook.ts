import { z } from 'zod';
import { composeService, secret, stackId, timestamp } from '../fields.ts';

export const hookId = z.uuid();

/** Made by whoever makes the hook, who alone has it from then on. */
export const hookToken = secret(
  z.string().regex(/^[A-Za-z0-9_-]{43,128}$/, 'a token is 32 random bytes or more, in base64url or hex'),
);

/** A key that a caller signs with: that of Standard Webhooks, or any text for `X-Hub-Signature-256`. */
export const hookSigningKey = secret(z.string().min(16).max(200));

export const hookName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/, 'a name has letters, digits, spaces, "-", "_" and "."');

/** What is shown of a hook: neither its token nor its key. */
export const hook = z
  .object({
    hook_id: hookId,
    stack_id: stackId,
    name: z.string(),
    services: z.array(composeService).describe('Those it may update; all where there is none'),
    is_signed: z.boolean(),
    any_repository: z.boolean().describe('Takes images of other repositories than the service has'),
    created_at: timestamp,
    created_by: z.string(),
    called_at: timestamp.nullable(),
    result: z.string().nullable().describe('What came of the last call'),
  })
  .meta({ id: 'Hook' });
export type HookData = z.infer<typeof hook>;
