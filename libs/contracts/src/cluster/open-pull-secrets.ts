import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';

/** What `sealed` holds once opened: JSON of `[{registry, username, password}]`. */
export const openPullSecrets = defineOperation({
  service: 'cluster',
  name: 'open-pull-secrets',
  summary: 'The registry credentials that these images need, sealed to the asking service’s public key',
  callers: ['deployer'],
  access: { role: 'service', scope: 'cluster' },
  input: z.strictObject({
    cluster_id: clusterId,
    images: z.array(z.string().min(1).max(1_000)).max(1_000),
    recipient: z.string().min(1).describe('Public curve key (xkey)'),
  }),
  output: z.object({
    registries: z.array(z.string()).describe('Those a credential is kept for and one of the images comes from'),
    sealed: z.string().nullable().describe('base64; null when there is none'),
  }),
  errors: clusterErrors,
});
