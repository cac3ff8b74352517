import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { auditKeysSetting } from '@ushadow/secrets';
import type { z } from 'zod';

export const accessConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({ AUDIT_KEYS: auditKeysSetting });

export type AccessConfig = z.output<typeof accessConfig>;
