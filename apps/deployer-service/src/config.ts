import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { networksSetting } from '@ushadow/outbound';
import { auditKeysSetting, keyRingSetting } from '@ushadow/secrets';
import { resolve } from 'node:path';
import { z } from 'zod';

export const deployerConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    USHADOW_KEYS: keyRingSetting,
    AUDIT_KEYS: auditKeysSetting,
    WORKER_CONCURRENCY: z.coerce
      .number()
      .int()
      .min(0)
      .max(64)
      .default(4)
      .describe('Deployments worked on at once; 0 for an API-only process'),
    CLUSTER_CONCURRENCY: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(16)
      .describe('Deployments under way at once in one cluster, over all processes'),
    PLAN_SECONDS: z.coerce
      .number()
      .int()
      .min(10)
      .max(7 * 86_400)
      .default(3600)
      .describe('How long a stored plan can be applied'),
    KEEP_REVISIONS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .describe('Good revisions of each stack that can be gone back to, whatever their age'),
    KEEP_DAYS: z.coerce
      .number()
      .int()
      .min(2)
      .max(3650)
      .default(30)
      .describe(
        'Days after which older revisions, events, plans and dead letters go; history stays twelve times as long',
      ),
    DRIFT_EVERY_MINUTES: z.coerce
      .number()
      .int()
      .min(0)
      .max(7 * 1440)
      .default(60)
      .describe('How often each stack is compared with what was deployed; 0: only when somebody asks'),
    ALLOW_PRIVATE_REGISTRIES: z
      .stringbool()
      .default(false)
      .describe('Ask registries on this host’s loopback too, as development has them'),
    REGISTRY_ADDRESSES_ALLOW: networksSetting.describe(
      'Networks in which registries are asked although the address policy would refuse them',
    ),
    REGISTRY_ADDRESSES_DENY: networksSetting.describe(
      'Networks in which registries are not asked, beside those that never are',
    ),
    REGISTRIES_PLAINTEXT: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      )
      .describe('Registries, as host:port with commas, that are asked without TLS'),
    MANIFESTS_DIR: z
      .string()
      .trim()
      .default('')
      .transform((path) => (path === '' ? undefined : resolve(path)))
      .describe('Folder that the manifests of each stack are written to after a good deployment; none unless set'),
    LEASE_SECONDS: z.coerce
      .number()
      .int()
      .min(3)
      .max(300)
      .default(15)
      .describe('After this long without a sign of life another worker takes over'),
  });

export type DeployerConfig = z.output<typeof deployerConfig>;
