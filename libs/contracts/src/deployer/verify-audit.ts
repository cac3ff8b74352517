import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';

export const verifyAudit = defineOperation({
  service: 'deployer',
  name: 'verify-audit',
  summary: 'Walk the audit trail’s chain of hashes and name the first entry that does not fit',
  http: { method: 'GET', path: '/api/audit/verify' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  deadlineMs: 120_000,
  input: z.strictObject({}),
  output: z.object({
    intact: z.boolean(),
    entries: z.int().describe('How many entries were found good'),
    head: z
      .object({ sequence: z.int(), hash: z.string() })
      .describe('The newest entry, as it was recorded beside the trail'),
    broken: z
      .object({
        sequence: z.int(),
        reason: z.enum(['changed', 'missing', 'not-chained', 'unknown-entry']),
        message: z.string(),
      })
      .nullable(),
  }),
  errors: {},
});
