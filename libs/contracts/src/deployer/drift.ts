import { z } from 'zod';
import { stackId, timestamp } from '../fields.ts';

/** A field that is not as the last good content wants it. Values are redacted; those of Secrets are never told. */
const driftedField = z
  .object({
    path: z.string().describe('For example `spec.template.spec.containers[name=web].image`'),
    change: z.enum(['added', 'removed', 'changed']).describe('What has become of it in the cluster'),
    wanted: z.string().nullable().describe('JSON; null where it is secret, or nothing is wanted there'),
    live: z.string().nullable().describe('JSON; null where it is secret, or nothing is there'),
    manager: z.string().nullable().describe('Who manages the field now, by the API server; null where nobody does'),
    since: timestamp.nullable().describe('When that manager has last written'),
  })
  .meta({ id: 'DriftedField' });

export const driftedObject = z
  .object({
    object: z.string().describe('`Kind/namespace/name`'),
    services: z.array(z.string()).describe('The services that want it'),
    state: z
      .enum(['missing', 'changed', 'taken'])
      .describe('`taken`: somebody else holds it by now, so that nothing of it is ours to mend'),
    reason: z.string().nullable().describe('By whom it is held, or why the server refuses to change it back'),
    fields: z.array(driftedField),
  })
  .meta({ id: 'DriftedObject' });

/** What others have made of a stack since its last good deployment. */
export const drift = z
  .object({
    stack_id: stackId,
    state: z
      .enum(['none', 'drifted', 'unknown'])
      .describe('`unknown`: it was not looked at since the last deployment, or not all of it could be seen'),
    revision: z.int().nullable().describe('Whose content it was compared with'),
    checked_at: timestamp.nullable(),
    since: timestamp.nullable().describe('When drift was first seen that has not ended since'),
    checked: z.int().describe('Objects that were compared'),
    objects: z.array(driftedObject).describe('At most 200; `count` is of all'),
    count: z.int(),
    unseen: z
      .array(z.string())
      .describe(
        'What could not be compared: kinds that may not be listed, and `Kind/name` where no write can be tried out',
      ),
  })
  .meta({ id: 'Drift' });

/** The same in a line. */
export const driftSummary = drift
  .pick({ state: true, checked_at: true, since: true, count: true })
  .meta({ id: 'DriftSummary' });

export type DriftData = z.infer<typeof drift>;
export type DriftedObjectData = z.infer<typeof driftedObject>;
export type DriftSummaryData = z.infer<typeof driftSummary>;
