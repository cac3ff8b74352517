import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { composeService, stackId } from '../fields.ts';
import { stackErrors } from './errors.ts';

/** Which newer tag of an image is taken. */
const imageRule = z.enum(['digest', 'patch', 'minor', 'major']);

const foundImage = z
  .object({
    service: z.string(),
    image: z.string().describe('What it runs by its last good content'),
    found: z.string().nullable().describe('The image to change to, with its digest; null where there is none'),
    reason: z.string().describe('What was found, or why nothing was'),
  })
  .meta({ id: 'FoundImage' });

export const checkImages = defineOperation({
  service: 'deployer',
  name: 'check-images',
  summary: 'Ask the registries of a stack’s images for newer tags by a rule, and for the digests of tags',
  http: { method: 'POST', path: '/api/stacks/:stack_id/images/check', cost: 'outbound' },
  callers: ['gateway', 'notifier'],
  access: { role: 'deployer', scope: 'stack' },
  audit: 'none',
  deadlineMs: 60_000,
  input: z.strictObject({
    stack_id: stackId,
    services: z.array(composeService).min(1).max(500).optional().describe('All unless given'),
    rule: imageRule
      .default('minor')
      .describe(
        '`digest`: what the tag means now. `patch`, `minor`, `major`: the newest version of the same minor or major version, or of all',
      ),
    tags: z
      .record(
        composeService,
        z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'a tag has letters, digits and "_.-"'),
      )
      .optional()
      .describe('By service: this tag, whatever the rule says'),
  }),
  output: z.object({ images: z.array(foundImage) }),
  errors: stackErrors,
});

export type ImageRule = z.infer<typeof imageRule>;
export type FoundImageData = z.infer<typeof foundImage>;
