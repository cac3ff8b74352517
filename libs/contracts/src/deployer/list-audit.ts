import { z } from 'zod';
import { auditEntry } from '../audit/audit-entry.ts';
import { auditFilter } from '../audit/own-trail.ts';
import { defineOperation } from '../define-operation.ts';

export const listAudit = defineOperation({
  service: 'deployer',
  name: 'list-audit',
  summary: 'The audit of all services, newest first, a page at a time',
  http: { method: 'GET', path: '/api/audit' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  audit: 'none',
  input: auditFilter.extend({ before: z.string().max(200).optional().describe('`next_before` of the page before') }),
  output: z.object({
    entries: z.array(auditEntry),
    next_before: z.string().nullable().describe('`before` of the next page; null on the last one'),
    unanswered: z.array(z.string()).describe('Services whose entries are left out, because they did not answer'),
  }),
  errors: {},
});
