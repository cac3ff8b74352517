import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { template } from './template.ts';

export const listTemplates = defineOperation({
  service: 'compiler',
  name: 'list-templates',
  summary: 'Templates of the operator’s folders by name, a page at a time, with how far they are checked',
  http: { method: 'GET', path: '/api/templates' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({
    search: z.string().max(200).optional().describe('Words that name, title, description or tags have, each of them'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z
      .string()
      .max(300)
      .regex(/^(coolify|dokploy):[^\p{Cc}]+$/u, 'a cursor is `next_cursor` of the page before')
      .optional()
      .describe('`next_cursor` of the page before'),
  }),
  output: z.object({
    templates: z.array(template),
    found: z.int().describe('As many as the search has found'),
    checked: z.int().describe('Of all templates; checking goes on in the background'),
    total: z.int(),
    problems: z.array(z.string()).describe('Why there are none, or not all of them'),
    next_cursor: z.string().nullable(),
  }),
  errors: {},
});
