import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';
import { registry } from './pull-secret.ts';

export const removePullSecret = defineOperation({
  service: 'cluster',
  name: 'remove-pull-secret',
  summary: 'Forget the credential of a registry; services that use it lose it with their next deployment',
  http: { method: 'DELETE', path: '/api/kubernetes/clusters/:cluster_id/pull-secrets' },
  callers: ['gateway'],
  access: { role: 'cluster-admin', scope: 'cluster' },
  audit: 'pull-secret.removed',
  input: z.strictObject({ cluster_id: clusterId, registry }),
  output: z.object({ success: z.literal(true), message: z.string() }),
  errors: {
    ...clusterErrors,
    PULL_SECRET_NOT_FOUND: { kind: 'not-found', summary: 'The cluster has no credential for this registry.' },
  },
});
