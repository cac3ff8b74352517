import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { namespace } from '../fields.ts';

export const getAccessManifest = defineOperation({
  service: 'cluster',
  name: 'get-access-manifest',
  summary:
    'A ServiceAccount with just the rights that are used, as YAML, and a script that makes it and prints what to register',
  http: { method: 'GET', path: '/api/kubernetes/access-manifest' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({
    namespace: namespace.default('ushadow').describe('Where services are deployed to; `ushadow` unless given'),
    scope: z
      .enum(['namespace', 'cluster'])
      .default('namespace')
      .describe(
        '`namespace`: a Role there and nothing else. `cluster`: also nodes, namespaces, classes, and what takes requests from outside',
      ),
  }),
  output: z.object({
    namespace: z.string(),
    scope: z.enum(['namespace', 'cluster']),
    yaml: z.string().describe('Namespace, ServiceAccount, roles and bindings'),
    script: z
      .string()
      .describe('For a POSIX shell with kubectl and an administrator’s context; prints what to register'),
  }),
  errors: {},
});
