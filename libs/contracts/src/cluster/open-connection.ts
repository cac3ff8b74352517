import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterAccessErrors } from './errors.ts';

/** What `sealed` holds once opened: JSON of the transport's connection record. */
export const openConnection = defineOperation({
  service: 'cluster',
  name: 'open-connection',
  summary: 'The connection to a cluster, sealed to the asking service’s public key',
  callers: ['scanner', 'deployer'],
  access: { role: 'service', scope: 'cluster' },
  input: z.strictObject({ cluster_id: clusterId, recipient: z.string().min(1).describe('Public curve key (xkey)') }),
  output: z.object({
    cluster_id: clusterId,
    name: z.string(),
    namespace: z.string(),
    credential_version: z.int().describe('Grows with each rotation; part of the connection pool’s key'),
    sealed: z.string().describe('base64'),
  }),
  errors: clusterAccessErrors,
});
