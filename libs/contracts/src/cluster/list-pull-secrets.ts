import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';
import { pullSecret } from './pull-secret.ts';

export const listPullSecrets = defineOperation({
  service: 'cluster',
  name: 'list-pull-secrets',
  summary: 'Registries a cluster has a credential for, by name; never the passwords',
  http: { method: 'GET', path: '/api/kubernetes/clusters/:cluster_id/pull-secrets' },
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'cluster' },
  audit: 'none',
  input: z.strictObject({ cluster_id: clusterId }),
  output: z.object({ pull_secrets: z.array(pullSecret) }),
  errors: clusterErrors,
});
