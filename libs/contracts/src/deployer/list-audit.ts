import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, deploymentId, kubernetesName, namespace, projectName, stackId } from '../fields.ts';
import { auditEntry } from './audit-entry.ts';

export const listAudit = defineOperation({
  service: 'deployer',
  name: 'list-audit',
  summary: 'The audit trail, newest first, a page at a time',
  http: { method: 'GET', path: '/api/audit' },
  callers: ['gateway'],
  access: { role: 'owner', scope: 'installation' },
  input: z.strictObject({
    cluster_id: clusterId.optional(),
    namespace: namespace.optional(),
    service_name: kubernetesName.optional(),
    stack_id: stackId.optional(),
    project: projectName.optional(),
    deployment_id: deploymentId.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    before: z.coerce.number().int().min(1).optional().describe('Only entries below this number'),
  }),
  output: z.object({
    entries: z.array(auditEntry),
    next_before: z.int().nullable().describe('`before` of the next page; null on the last one'),
  }),
  errors: {},
});
