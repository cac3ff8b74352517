import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { COUNTER_MAX, revisionTag, stackId } from '../fields.ts';
import { revisionErrors } from './errors.ts';

const revisionTagged = z.object({
  stack_id: stackId,
  tag: z.string(),
  revision: z.int(),
  moved_from: z.int().nullable().describe('The revision that had the tag before'),
});

export const tagRevision = defineOperation({
  service: 'deployer',
  name: 'tag-revision',
  summary: 'Give a revision of a stack a name; it is kept as long as it has one',
  http: { method: 'POST', path: '/api/stacks/:stack_id/tags' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'revision.tagged',
  input: z.strictObject({
    stack_id: stackId,
    tag: revisionTag,
    revision: z.int().min(1).max(COUNTER_MAX),
    force: z.boolean().optional().describe('Moves a tag that another revision has'),
  }),
  output: revisionTagged,
  errors: {
    ...revisionErrors,
    TAG_TAKEN: {
      kind: 'conflict',
      summary: 'Another revision of the stack has this tag; `details.revision` is that one. Move it by force.',
    },
    TAGS_FULL: { kind: 'conflict', summary: 'The stack has as many tags as it may have; remove one.' },
  },
});
