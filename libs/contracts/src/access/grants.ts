import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { timestamp } from '../fields.ts';
import { grant, grantFields, userName } from './fields.ts';

const common = {
  service: 'access',
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
} as const;

export const listUsers = defineOperation({
  ...common,
  name: 'list-users',
  summary: 'Everybody who is known, by name, with what each holds',
  http: { method: 'GET', path: '/api/access/users' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.object({
    users: z.array(z.object({ user: userName, created_at: timestamp, grants: z.array(grant) })),
  }),
  errors: {},
});

export const giveGrant = defineOperation({
  ...common,
  name: 'give-grant',
  summary: 'Give somebody a role; who is not known yet is made',
  http: { method: 'POST', path: '/api/access/grants', status: 201 },
  audit: 'grant.given',
  input: z.strictObject({ user: userName, ...grantFields }),
  output: grant,
  errors: {
    GRANT_HELD: { kind: 'conflict', summary: 'The user holds exactly this already.' },
    TOO_MANY_GRANTS: { kind: 'invalid', summary: 'The user has as many grants as one may have.' },
  },
});

export const takeGrant = defineOperation({
  ...common,
  name: 'take-grant',
  summary: 'Take a role from somebody; it ends within seconds, also for who is signed in',
  http: { method: 'DELETE', path: '/api/access/grants/:grant_id' },
  audit: 'grant.taken',
  input: z.strictObject({ grant_id: z.uuid() }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: {
    GRANT_NOT_FOUND: { kind: 'not-found', summary: 'No grant has this id.' },
    LAST_OWNER: { kind: 'conflict', summary: 'Without it nobody would be owner of the installation.' },
  },
});
