import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { stackErrors } from '../deployer/errors.ts';
import { composeService, stackId, timestamp } from '../fields.ts';
import { liveErrors } from './stack-tree.ts';
import { unseenKind } from './tree.ts';

const EVENTS_MAX = 500;

export const stackEvent = z
  .object({
    type: z.string().describe('`Normal` or `Warning`'),
    reason: z.string(),
    message: z.string(),
    object: z.string().describe('`Kind/namespace/name` of what it is about'),
    container: z.string().nullable(),
    count: z.int().describe('How often it was said'),
    first: timestamp.nullable(),
    last: timestamp.nullable(),
  })
  .meta({ id: 'StackEvent' });

export const listStackEvents = defineOperation({
  service: 'operations',
  name: 'list-stack-events',
  summary: 'What the cluster says of the objects of a stack, the newest first, what is said again and again once',
  http: { method: 'GET', path: '/api/stacks/:stack_id/events', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 20_000,
  input: z.strictObject({
    stack_id: stackId,
    service: composeService.optional().describe('Only of what this service has'),
    object: z.string().max(400).optional().describe('Only of this node of the tree, by its id, and what is below it'),
    limit: z.coerce.number().int().min(1).max(EVENTS_MAX).default(100),
  }),
  output: z.object({ events: z.array(stackEvent), unseen: z.array(unseenKind) }),
  errors: { ...liveErrors, SERVICE_NOT_DEPLOYED: stackErrors.SERVICE_NOT_DEPLOYED },
});

export type StackEventData = z.infer<typeof stackEvent>;
