import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { keyRingSetting } from '@ushadow/secrets';
import { z } from 'zod';

export const deployerConfig = serviceConfig.extend(databaseConfig.shape).extend({
  USHADOW_KEYS: keyRingSetting,
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(0)
    .max(64)
    .default(4)
    .describe('Deployments worked on at once; 0 for an API-only process'),
  LEASE_SECONDS: z.coerce
    .number()
    .int()
    .min(3)
    .max(300)
    .default(15)
    .describe('After this long without a sign of life another worker takes over'),
});

export type DeployerConfig = z.output<typeof deployerConfig>;
