import { z } from 'zod';
import { defineOperation } from '../define-operation.ts';
import { clusterId } from '../fields.ts';
import { clusterErrors } from './errors.ts';

export const openPullSecrets = defineOperation({
  service: 'cluster',
  name: 'open-pull-secrets',
  summary: 'The registry credentials that these images need, for the asking service alone',
  callers: ['deployer'],
  access: { role: 'service', scope: 'cluster' },
  audit: 'none',
  sealed: ['answer'],
  input: z.strictObject({
    cluster_id: clusterId,
    images: z.array(z.string().min(1).max(1_000)).max(1_000),
  }),
  output: z.object({
    credentials: z
      .array(z.object({ registry: z.string(), username: z.string(), password: z.string() }))
      .describe('Of the registries that one of the images comes from'),
  }),
  errors: clusterErrors,
});
