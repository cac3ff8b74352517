import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { networksSetting } from '@ushadow/outbound';
import { auditKeysSetting, keyRingSetting } from '@ushadow/secrets';
import { z } from 'zod';

export const clusterConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    USHADOW_KEYS: keyRingSetting,
    AUDIT_KEYS: auditKeysSetting,
    ALLOW_PRIVATE_CLUSTERS: z
      .stringbool()
      .default(false)
      .describe('Accept API servers on this host’s loopback too, as development clusters have them'),
    CLUSTER_ADDRESSES_ALLOW: networksSetting.describe(
      'Networks to accept although the address policy would refuse them',
    ),
    CLUSTER_ADDRESSES_DENY: networksSetting.describe('Networks to refuse beside those that are always refused'),
    STATUS_INTERVAL_SECONDS: z.coerce
      .number()
      .int()
      .min(0)
      .max(86_400)
      .default(60)
      .describe('How often a cluster’s status is checked; 0 for never'),
    SANDBOX_FILE: z
      .string()
      .default('')
      .describe('Where the start command says how far the sandbox cluster is; none unless given'),
  });

export type ClusterConfig = z.output<typeof clusterConfig>;
