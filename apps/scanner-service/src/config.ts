import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { auditKeysSetting } from '@ushadow/secrets';
import { z } from 'zod';

export const scannerConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    AUDIT_KEYS: auditKeysSetting,
    SCAN_STALE_AFTER_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .default(86_400)
      .describe('Age from which a kept scan is shown as old'),
    SCAN_TIMEOUT_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(55)
      .default(50)
      .describe('How long one scan may take; who asks for one waits a minute'),
  });

export type ScannerConfig = z.output<typeof scannerConfig>;
