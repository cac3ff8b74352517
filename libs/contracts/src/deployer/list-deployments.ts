import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, stackId } from '../fields.ts';
import { deployment } from './deployment.ts';

export const listDeployments = defineOperation({
  service: 'deployer',
  name: 'list-deployments',
  summary: 'Deployments, newest first, a page at a time',
  http: { method: 'GET', path: '/api/deployments' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation', listed: 'deployments' },
  audit: 'none',
  input: z.strictObject({
    cluster_id: clusterId.optional(),
    stack_id: stackId.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional().describe('`next_cursor` of the page before'),
  }),
  output: z.object({ deployments: z.array(deployment), next_cursor: z.string().nullable() }),
  errors: {},
});
