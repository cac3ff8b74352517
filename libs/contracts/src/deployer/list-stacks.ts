import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, namespace, projectName } from '../fields.ts';
import { stackSummary } from './stack.ts';

export const listStacks = defineOperation({
  service: 'deployer',
  name: 'list-stacks',
  summary: 'What runs where: stacks with their health, the newest first, a page at a time',
  http: { method: 'GET', path: '/api/stacks' },
  callers: ['gateway', 'notifier'],
  access: { role: 'viewer', scope: 'installation', listed: 'stacks' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    cluster_id: clusterId.optional(),
    project: projectName.optional(),
    namespace: namespace.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional().describe('`next_cursor` of the page before'),
  }),
  output: z.object({ stacks: z.array(stackSummary), next_cursor: z.string().nullable() }),
  errors: {},
});
