import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { revisionTag, stackId } from '../fields.ts';
import { stackErrors } from './errors.ts';

export const untagRevision = defineOperation({
  service: 'deployer',
  name: 'untag-revision',
  summary: 'Take a tag from its revision, which is then kept no longer than others',
  http: { method: 'DELETE', path: '/api/stacks/:stack_id/tags/:tag' },
  callers: ['gateway'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'revision.untagged',
  input: z.strictObject({ stack_id: stackId, tag: revisionTag }),
  output: z.object({ stack_id: stackId, tag: z.string(), revision: z.int() }),
  errors: {
    STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND,
    TAG_NOT_FOUND: { kind: 'not-found', summary: 'No revision of the stack has this tag.' },
  },
});
