import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId, secret } from '../fields.ts';
import { clusterErrors } from './errors.ts';
import { pullSecret, registry } from './pull-secret.ts';

export const setPullSecret = defineOperation({
  service: 'cluster',
  name: 'set-pull-secret',
  summary: 'Keep the credential of an image registry for a cluster; one that is there for the registry is replaced',
  http: { method: 'PUT', path: '/api/kubernetes/clusters/:cluster_id/pull-secrets' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'cluster' },
  audit: 'pull-secret.set',
  sealed: ['request'],
  input: z.strictObject({
    cluster_id: clusterId,
    registry,
    username: z
      .string()
      .trim()
      .min(1)
      .max(256)
      .regex(/^[ -9;-~\u00a0-\uffff]+$/, 'a user name has no colon and no control characters'),
    password: secret(z.string().min(1).max(32_768)).describe('Password or access token'),
  }),
  output: pullSecret,
  errors: {
    ...clusterErrors,
    REGISTRY_INVALID: { kind: 'invalid', summary: 'No image can name this registry.' },
  },
});
