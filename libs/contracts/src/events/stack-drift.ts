import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { driftedObject } from '../deployer/drift.ts';
import { stackId, timestamp } from '../fields.ts';
import { target } from '../target.ts';

const place = { stack_id: stackId, target, namespace: z.string(), project: z.string() } as const;

export const stackDrifted = defineEvent({
  name: 'stack.drifted',
  delivery: 'live',
  summary: 'Others have changed or deleted something of a stack, or something else than was known',
  publisher: 'deployer',
  listeners: ['notifier'],
  data: z.object({
    ...place,
    revision: z.int().describe('Whose content it was compared with'),
    since: timestamp,
    count: z.int().describe('Objects that have drifted'),
    objects: z
      .array(
        driftedObject.pick({ object: true, state: true }).extend({
          fields: z.array(z.string()),
          managers: z.array(z.string()),
        }),
      )
      .describe('At most 20, without values'),
  }),
});

export const stackDriftResolved = defineEvent({
  name: 'stack.drift-resolved',
  delivery: 'live',
  summary: 'A stack that had drifted is as its last good content wants it again',
  publisher: 'deployer',
  listeners: ['notifier'],
  data: z.object({ ...place, revision: z.int(), since: timestamp.describe('When it had drifted') }),
});
