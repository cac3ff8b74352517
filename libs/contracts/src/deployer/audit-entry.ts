import { z } from 'zod';
import { timestamp } from '../fields.ts';
import { deploymentKind, verdict } from './deployment.ts';

/**
 * Who did what with which result. Entries are numbered without a gap, and each holds the hash of the one before it:
 * `hash` is the SHA-256 (hex) of `previous_hash` followed by the entry without `hash`, as JSON with sorted keys and no spaces.
 */
export const auditEntry = z
  .object({
    audit_id: z.uuid(),
    sequence: z.int().min(1),
    time: timestamp,
    action: z.enum([
      'deployment.requested',
      'deployment.cancel-requested',
      'deployment.supersede-requested',
      'deployment.finished',
      'deployment.settled',
      'envmap.applied',
    ]),
    kind: deploymentKind.nullable(),
    actor: z.string(),
    request_id: z.string(),
    deployment_id: z.uuid().nullable(),
    plan_id: z.uuid().nullable(),
    cluster_id: z.string(),
    namespace: z.string(),
    service_id: z.string().nullable().describe('Of entries from before there were stacks'),
    service_name: z.string().nullable().describe('Of an env map, and of entries from before there were stacks'),
    stack_id: z.uuid().nullable().optional().describe('Absent in entries from before there were stacks'),
    project: z.string().nullable().optional(),
    services: z.array(z.string()).optional().describe('The services it was about'),
    adopted: z.array(z.string()).optional().describe('Objects that were asked to be adopted'),
    plan_hash: z.string().nullable().describe('Of the plan that is or was applied, once there is one'),
    desired_digest: z.string().nullable().describe('Keyed digest of what was asked for'),
    before_digest: z.string().nullable().describe('Keyed digest of the last good state before'),
    after_digest: z
      .string()
      .nullable()
      .describe('Keyed digest of the state it ended in; null while it runs and where it is a mixture'),
    verdict: verdict.nullable(),
    previous_hash: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntryData = z.infer<typeof auditEntry>;
