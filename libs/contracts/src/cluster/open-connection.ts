import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterAccessErrors } from './errors.ts';

export const openConnection = defineOperation({
  service: 'cluster',
  name: 'open-connection',
  summary: 'The connection to a cluster, for the asking service alone',
  callers: ['scanner', 'deployer', 'operations'],
  access: { role: 'service', scope: 'cluster' },
  audit: 'none',
  sealed: ['answer'],
  input: z.strictObject({ cluster_id: clusterId }),
  output: z.object({
    cluster_id: clusterId,
    name: z.string(),
    namespace: z.string(),
    credential_version: z.int().describe('Grows with each rotation; part of the connection pool’s key'),
    connection: z.record(z.string(), z.unknown()).describe('The transport’s connection record'),
  }),
  errors: clusterAccessErrors,
});
