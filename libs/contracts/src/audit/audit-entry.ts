import { z } from 'zod';
import type { ServiceName } from '../define-operation.ts';
import { deploymentKind, verdict } from '../deployer/deployment.ts';
import { timestamp } from '../fields.ts';
import { auditActions } from './actions.ts';

/** Services with a trail: all that keep anything. */
export const auditedServices = [
  'cluster',
  'compiler',
  'scanner',
  'deployer',
  'operations',
  'notifier',
  'access',
] as const satisfies readonly ServiceName[];

/**
 * Who did what to what, with which result. Each service has a trail of its own, numbered without a gap, in which each entry
 * is sealed over the one before it: `seal` is the HMAC-SHA-256 (hex), with the service's key `key_id`, of `previous_seal`,
 * `key_id` and the entry without these three, as JSON with sorted keys and no spaces; one line each.
 */
export const auditEntry = z
  .object({
    audit_id: z.uuid(),
    service: z.enum(auditedServices).describe('Whose trail it is in'),
    sequence: z.int().min(1),
    time: timestamp,
    action: z.enum(auditActions),
    actor: z.string(),
    request_id: z.string(),
    target: z.string().describe('What it was done to, in words'),
    result: z
      .enum(['done', 'accepted', ...verdict.shape.status.options])
      .describe('`accepted` where its end is an entry of its own'),
    details: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
      .describe('What was changed in it: names, never values'),
    cluster_id: z.string().nullable(),
    namespace: z.string().nullable(),
    project: z.string().nullable(),
    services: z.array(z.string()).describe('Those of the project that it was about'),
    stack_id: z.uuid().nullable(),
    deployment_id: z.uuid().nullable(),
    deployment: z
      .object({
        kind: deploymentKind,
        plan_id: z.uuid().nullable(),
        adopted: z.array(z.string()).describe('Objects that were asked to be adopted'),
        plan_hash: z.string().nullable().describe('Of the plan that is or was applied, once there is one'),
        desired_digest: z.string().nullable().describe('Keyed digest of what was asked for'),
        before_digest: z.string().nullable().describe('Keyed digest of the last good state before'),
        after_digest: z
          .string()
          .nullable()
          .describe('Keyed digest of the state it ended in; null while it runs and where it is a mixture'),
        verdict: verdict.nullable(),
      })
      .nullable()
      .describe('Of what happened to a deployment'),
    key_id: z.string(),
    previous_seal: z.string(),
    seal: z.string(),
  })
  .meta({ id: 'AuditEntry' });

export type AuditEntryData = z.infer<typeof auditEntry>;
