import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { cluster } from './cluster.ts';

export const listClusters = defineOperation({
  service: 'cluster',
  name: 'list-clusters',
  summary: 'List registered clusters, by name',
  http: { method: 'GET', path: '/api/kubernetes/clusters' },
  callers: ['gateway', 'compiler', 'scanner', 'deployer', 'notifier'],
  access: { role: 'viewer', scope: 'installation', listed: 'whole', each: 'cluster' },
  audit: 'none',
  input: z.strictObject({}),
  output: z.array(cluster),
  errors: {},
});
