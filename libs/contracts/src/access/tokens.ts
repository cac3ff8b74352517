import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { timestamp } from '../fields.ts';
import { apiToken, digest, limits, userName } from './fields.ts';

const common = { service: 'access', callers: ['gateway'], access: { role: 'self', scope: 'installation' } } as const;
const OWNER_NEEDED = {
  kind: 'forbidden',
  summary: 'Tokens of others are for owners of the installation alone.',
} as const;

export const createToken = defineOperation({
  ...common,
  name: 'create-token',
  summary: 'Let whoever has a token do what its user may, or less',
  http: { method: 'POST', path: '/api/access/tokens', status: 201 },
  audit: 'token.created',
  input: z.strictObject({
    user: userName.optional().describe('Whose it is; oneself unless given, others’ by owners'),
    name: z.string().trim().min(1).max(60),
    digest: digest.describe('Of the token: 32 random bytes in base64url, which whoever makes it alone has'),
    shown: z
      .string()
      .regex(/^[A-Za-z0-9_-]{4,8}$/, 'shown are 4 to 8 characters')
      .describe('How it begins, to tell it from others'),
    limits: limits.default(null).describe('It may no more than this; unless given, all that its user may'),
    expires_at: timestamp.nullable().default(null),
  }),
  output: apiToken,
  errors: {
    OWNER_NEEDED,
    USER_NOT_FOUND: { kind: 'not-found', summary: 'Nobody has this name.' },
    TOKEN_NAME_TAKEN: { kind: 'conflict', summary: 'Another token of the user has this name, or is the same.' },
    TOKEN_OVER: { kind: 'invalid', summary: 'The time at which it is to end has passed.' },
    TOO_MANY_TOKENS: { kind: 'invalid', summary: 'The user has as many tokens as one may have.' },
  },
});

export const listTokens = defineOperation({
  ...common,
  name: 'list-tokens',
  summary: 'Tokens of a user, by name; how each begins and no more of it',
  http: { method: 'GET', path: '/api/access/tokens' },
  audit: 'none',
  input: z.strictObject({ user: userName.optional().describe('Oneself unless given, others by owners') }),
  output: z.object({ tokens: z.array(apiToken) }),
  errors: { OWNER_NEEDED },
});

export const revokeToken = defineOperation({
  ...common,
  name: 'revoke-token',
  summary: 'Revoke a token; it ends within seconds',
  http: { method: 'DELETE', path: '/api/access/tokens/:token_id' },
  audit: 'token.revoked',
  input: z.strictObject({ token_id: z.uuid() }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: {
    OWNER_NEEDED,
    TOKEN_NOT_FOUND: { kind: 'not-found', summary: 'No token has this id.' },
  },
});
