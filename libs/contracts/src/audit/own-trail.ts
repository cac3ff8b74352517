import { z } from 'zod';
import { defineOperation, type ServiceName } from '../define-operation.ts';
import { clusterId, composeService, deploymentId, namespace, projectName, stackId } from '../fields.ts';
import { auditEntry } from './audit-entry.ts';

export const auditFilter = z.strictObject({
  cluster_id: clusterId.optional(),
  namespace: namespace.optional(),
  service_name: composeService.optional().describe('One of the services that an entry is about'),
  stack_id: stackId.optional(),
  project: projectName.optional(),
  deployment_id: deploymentId.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** What came of walking a trail. */
export const trailReport = z.object({
  service: z.string(),
  intact: z.boolean(),
  entries: z.int().describe('How many were found good'),
  head: z.object({ sequence: z.int(), seal: z.string() }).nullable().describe('The newest of those'),
  anchor: z
    .object({ sequence: z.int(), time: z.string() })
    .nullable()
    .describe('What the stream USHADOW_AUDIT holds as the newest; null where it holds nothing'),
  broken: z
    .object({
      sequence: z.int(),
      reason: z.enum(['changed', 'missing', 'not-chained', 'rewritten', 'key-missing', 'former-key', 'unanswered']),
      message: z.string(),
    })
    .nullable(),
});
export type TrailReportData = z.infer<typeof trailReport>;

/** What a service other than the deployer answers about its own trail; the deployer shows all of them as one. */
export function ownTrail<const Service extends Exclude<ServiceName, 'deployer'>>(service: Service) {
  const common = {
    service,
    callers: ['deployer'],
    access: { role: 'service', scope: 'installation' },
    audit: 'none',
    errors: {},
  } as const;
  return {
    list: defineOperation({
      ...common,
      name: 'list-trail',
      summary: 'Entries of this service’s own trail, newest first',
      input: auditFilter.extend({ before: z.int().min(1).optional() }),
      output: z.object({ entries: z.array(auditEntry) }),
    }),
    verify: defineOperation({
      ...common,
      name: 'verify-trail',
      summary: 'Walk this service’s own trail, and compare it with the stream',
      deadlineMs: 100_000,
      input: z.strictObject({}),
      output: trailReport,
    }),
  };
}
