import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { answeredFile } from '../http/answered-file.ts';
import { revisionRef, stackId } from '../fields.ts';
import { revisionErrors } from './errors.ts';

const place = { stack_id: stackId, revision: revisionRef.describe('Its number, or a tag') };
const common = {
  service: 'deployer',
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'stack' },
  audit: 'none',
} as const;

export const listManifests = defineOperation({
  ...common,
  name: 'list-manifests',
  summary: 'The manifests of a revision, one for each of its objects',
  http: { method: 'GET', path: '/api/stacks/:stack_id/revisions/:revision/manifests' },
  input: z.strictObject(place),
  output: z
    .object({
      stack_id: stackId,
      revision: z.int(),
      content_digest: z.string().nullable(),
      files: z.array(
        z.object({
          name: z.string().describe('`{service}-{kind}.yaml`; several of one kind have names of their own'),
          object: z.string().describe('`Kind/namespace/name`'),
          services: z.array(z.string()),
          bytes: z.int(),
        }),
      ),
    })
    .meta({ id: 'Manifests' }),
  errors: revisionErrors,
});

export const getManifest = defineOperation({
  ...common,
  name: 'get-manifest',
  summary: 'One manifest of a revision as YAML, values of Secrets masked',
  http: { method: 'GET', path: '/api/stacks/:stack_id/revisions/:revision/manifests/:name', answer: 'file' },
  input: z.strictObject({
    ...place,
    name: z
      .string()
      .max(255)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.yaml$/, 'is not the name of a manifest'),
  }),
  output: answeredFile,
  errors: {
    ...revisionErrors,
    MANIFEST_NOT_FOUND: { kind: 'not-found', summary: 'The revision has no manifest of this name.' },
  },
});

export const downloadManifests = defineOperation({
  ...common,
  name: 'download-manifests',
  summary: 'All manifests of a revision as one zip, values of Secrets masked',
  http: { method: 'GET', path: '/api/stacks/:stack_id/revisions/:revision/manifests.zip', answer: 'file' },
  input: z.strictObject(place),
  output: answeredFile,
  errors: revisionErrors,
});
