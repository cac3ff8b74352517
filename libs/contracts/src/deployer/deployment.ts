import { z } from 'zod';
import { deploymentId, planId, stackId, timestamp } from '../fields.ts';
import { target } from '../target.ts';
import { deployOptions } from './deploy-options.ts';

/** `queued`: it follows another one of the same stack, which has to end first. `pending`: it waits for a worker. */
export const deploymentStatus = z.enum([
  'queued',
  'pending',
  'deploying',
  'succeeded',
  'failed',
  'unknown',
  'cancelled',
  'superseded',
]);

/** What a deployment does to its stack. All of them take the same way through a worker. */
export const deploymentKind = z.enum([
  'deploy',
  'rollback',
  'remove',
  'stop',
  'start',
  'restart',
  'scale',
  'envmap',
  'repair',
  'adopt',
  'update-image',
  'change',
  'run',
]);

export const sourcePlace = z
  .object({
    path: z.string().describe('Pointer into the Compose project, for example `/services/web/image`'),
    file: z.string().optional(),
    line: z.int().optional(),
    column: z.int().optional(),
  })
  .meta({ id: 'SourcePlace' });

/** How it ended for one service. */
export const serviceVerdict = z
  .object({
    status: z.enum(['succeeded', 'failed', 'unknown', 'cancelled', 'not-started', 'rolled-back']),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    source: sourcePlace.nullable().describe('The line of the Compose file to change'),
  })
  .meta({ id: 'ServiceVerdict' });

export const verdict = z
  .object({
    status: z.enum(['succeeded', 'failed', 'unknown', 'cancelled', 'superseded']),
    code: z.string().nullable(),
    reason: z.string().nullable(),
    object: z.string().nullable().describe('`Kind/namespace/name` of the object at fault'),
    remedy: z.string().nullable(),
    source: sourcePlace.nullable().optional().describe('The line of the Compose file to change'),
    rollback: z
      .object({ status: z.enum(['succeeded', 'failed', 'unknown', 'cancelled']), reason: z.string().nullable() })
      .optional()
      .describe('How going back to the last good state ended; absent when there was nothing to go back to'),
    plan_id: planId.optional().describe('With `PLAN_STALE`: a new plan, with the differences as they are now'),
    exit_code: z.int().min(0).max(255).nullable().optional().describe('Of what was run, by `run-job`; null: not known'),
    superseded_by: deploymentId.optional(),
    services: z
      .record(z.string(), serviceVerdict)
      .optional()
      .describe('By service it was about; absent where it never came to a worker'),
    settled: z
      .object({ time: timestamp, from: z.literal('unknown') })
      .optional()
      .describe('It was not known at first; this is what was found once the cluster was in sight again'),
  })
  .meta({ id: 'Verdict' });

export const deployment = z
  .object({
    deployment_id: deploymentId,
    stack_id: stackId,
    target,
    namespace: z.string(),
    project: z.string(),
    services: z.array(z.string()).describe('The services it is about'),
    kind: deploymentKind,
    revision: z.int().describe('Counts the deployments of this stack'),
    based_on: deploymentId
      .nullable()
      .describe('The revision it brings back, or was made from; null for a deployment of Compose files'),
    status: deploymentStatus,
    verdict: verdict.nullable(),
    ending: z
      .object({
        request: z.enum(['cancel', 'supersede']),
        rollback: z.boolean(),
        actor: z.string(),
        time: timestamp,
      })
      .nullable()
      .describe('Set once somebody wants it to end early'),
    objects: z.array(z.string()).describe('`Kind/namespace/name` of each object'),
    options: deployOptions,
    plan_id: planId.nullable().describe('The stored plan it applies'),
    plan_hash: z.string().nullable().describe('Of the plan it applies, once there is one'),
    message: z.string().nullable(),
    actor: z.string(),
    request_id: z.string(),
    attempt: z.int().describe('Grows each time a worker takes the job'),
    last_sequence: z.int(),
    created_at: timestamp,
    started_at: timestamp.nullable(),
    finished_at: timestamp.nullable(),
  })
  .meta({ id: 'Deployment' });

export type DeploymentData = z.infer<typeof deployment>;
export type VerdictData = z.infer<typeof verdict>;
export type ServiceVerdictData = z.infer<typeof serviceVerdict>;

export const progressEvent = z
  .object({
    deployment_id: deploymentId,
    sequence: z.int().min(1).describe('Gap-free per deployment'),
    attempt: z.int(),
    time: timestamp,
    type: z.string(),
    message: z.string().describe('For people'),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ProgressEvent' });

export type ProgressEventData = z.infer<typeof progressEvent>;
