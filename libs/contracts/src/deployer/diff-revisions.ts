import { z } from 'zod';
import { clusterAccessErrors } from '../cluster/errors.ts';
import { defineOperation } from '../define-operation.ts';
import { revisionRef, stackId } from '../fields.ts';
import { revisionErrors } from './errors.ts';
import { fieldChange, fieldConflict } from './plan.ts';

const side = z.object({
  revision: z.int().nullable().describe('null for what runs'),
  tags: z.array(z.string()),
  content_digest: z.string().nullable().describe('null for what runs'),
});

const difference = z.object({
  object: z.string().describe('`Kind/namespace/name`'),
  change: z
    .enum(['added', 'removed', 'changed', 'unknown'])
    .describe('`unknown`: the server could not be asked, `problem` says why'),
  services: z.array(z.string()).describe('The services that want it'),
  changes: z.array(fieldChange).describe('Empty for an object that only one side has'),
  more_changes: z.int().describe('How many more fields differ than are told'),
  conflicts: z.array(fieldConflict).describe('With what runs: fields that other managers have taken'),
  problem: z.string().nullable().describe('Why the server would not bring it to the revision, or could not be asked'),
});

const revisionDiff = z
  .object({
    stack_id: stackId,
    project: z.string(),
    namespace: z.string(),
    from: side,
    to: side,
    counts: z.object({ added: z.int(), removed: z.int(), changed: z.int(), unchanged: z.int(), unknown: z.int() }),
    objects: z.array(difference).describe('Those that differ, as many as fit one answer; `counts` is of all'),
    next_cursor: z.string().nullable().describe('For the objects that follow; null where there are none'),
  })
  .meta({ id: 'RevisionDiff' });

export type RevisionDiffData = z.infer<typeof revisionDiff>;

export const diffRevisions = defineOperation({
  service: 'deployer',
  name: 'diff-revisions',
  summary:
    'What differs between two revisions of a stack, or between one and what runs; what the API server fills in by itself is no difference',
  http: { method: 'GET', path: '/api/stacks/:stack_id/diff', cost: 'outbound' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 30_000,
  input: z.strictObject({
    stack_id: stackId,
    from: revisionRef.default('current').describe('Number or tag of a revision, `current`, or `live`'),
    to: revisionRef.default('live').describe('Number or tag of a revision, `current`, or `live`'),
    cursor: z
      .string()
      .regex(/^[0-9]{1,6}$/, 'is not the `next_cursor` of a diff')
      .optional()
      .describe('`next_cursor` of the page before'),
  }),
  output: revisionDiff,
  errors: { ...clusterAccessErrors, ...revisionErrors },
});
