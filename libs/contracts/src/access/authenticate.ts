import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { digest, subject } from './fields.ts';

export const authenticate = defineOperation({
  service: 'access',
  name: 'authenticate',
  summary: 'Whose a token is, and what they hold',
  callers: ['gateway'],
  access: { role: 'service', scope: 'installation' },
  audit: 'none',
  deadlineMs: 5_000,
  input: z.strictObject({ digest: digest.describe('Of what came with a request, which nobody else sees') }),
  output: subject,
  // `TOKEN_UNKNOWN` is among the errors that every route may answer.
  errors: {},
});
