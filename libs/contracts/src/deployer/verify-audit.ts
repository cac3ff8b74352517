import { z } from 'zod';
import { trailReport } from '../audit/own-trail.ts';
import { defineOperation } from '../define-operation.ts';

export const verifyAudit = defineOperation({
  service: 'deployer',
  name: 'verify-audit',
  summary: 'Walk every service’s trail, compare it with the stream, and name the first entry that does not fit',
  http: { method: 'GET', path: '/api/audit/verify' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  audit: 'none',
  deadlineMs: 120_000,
  input: z.strictObject({}),
  output: z.object({
    intact: z.boolean(),
    entries: z.int().describe('How many entries were found good'),
    trails: z.array(trailReport),
  }),
  errors: {},
});
