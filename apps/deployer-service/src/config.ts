import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { parseKeyRing, type KeyRing } from '@ushadow/secrets';
import { z } from 'zod';

const keyRing = z.string().transform((text, context): KeyRing => {
  const { ring, problems } = parseKeyRing(text);
  for (const problem of problems) context.addIssue({ code: 'custom', message: problem });
  return ring ?? z.NEVER;
});

export const deployerConfig = serviceConfig.extend(databaseConfig.shape).extend({
  USHADOW_KEYS: keyRing.describe('Key ring `id:base64key[,…]`; the first encrypts what is stored'),
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
  SETTLE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .default(15)
    .describe('How often to look how deployments ended whose cluster was lost from sight'),
});

export type DeployerConfig = z.output<typeof deployerConfig>;
