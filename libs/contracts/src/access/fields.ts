import { z } from 'zod';
import { roles } from '../access.ts';
import { clusterId, timestamp } from '../fields.ts';

/** SHA-256 of 256 random bits: what is kept of whatever lets somebody in, which nobody can find out from it. */
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest is the SHA-256 in 64 lower-case hex digits');

/** Of a person or of a program; what acts by itself has a colon in its name, which these cannot have. */
export const userName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]*$/, 'a user name has letters, digits, ".", "_", "@" and "-"');

const pattern = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._*-]+$/, 'a pattern has letters, digits, ".", "_", "-", and "*" for any text');

/** A role, and where it is held. */
export const grantFields = {
  role: z.enum(roles),
  cluster: z
    .union([clusterId, z.literal('*')])
    .default('*')
    .describe('Id of a cluster; `*`: all of them'),
  namespaces: pattern.default('*').describe('Name of a namespace, with `*` for any text; `*` alone: all'),
  projects: pattern.default('*').describe('Name of a project, with `*` for any text; `*` alone: all'),
} as const;
export const heldGrant = z.strictObject(grantFields);

export const grant = z
  .object({ grant_id: z.uuid(), user: userName, ...grantFields, given_at: timestamp, given_by: z.string() })
  .meta({ id: 'Grant' });
export type GrantData = z.infer<typeof grant>;

export const GRANTS_MAX = 100;
/** What a token may at most, of all that its user may. */
export const limits = z.array(heldGrant).min(1).max(GRANTS_MAX).nullable();

export const apiToken = z
  .object({
    token_id: z.uuid(),
    user: userName,
    name: z.string(),
    shown: z.string().describe('How it begins, to tell it from others'),
    limits: limits.describe('It may no more than this, of what its user may; null: all of it'),
    created_at: timestamp,
    expires_at: timestamp.nullable(),
    used_at: timestamp.nullable().describe('When it last let somebody in, to the minute'),
  })
  .meta({ id: 'ApiToken' });
export type ApiTokenData = z.infer<typeof apiToken>;

/** Who asks, and what they hold. */
export const subject = z
  .object({
    user: userName,
    token_id: z.uuid(),
    expires_at: timestamp.nullable(),
    grants: z.array(heldGrant),
    limits,
  })
  .meta({ id: 'Subject' });
export type SubjectData = z.infer<typeof subject>;
