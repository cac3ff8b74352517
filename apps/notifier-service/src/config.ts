import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { networksSetting } from '@ushadow/outbound';
import { auditKeysSetting, keyRingSetting } from '@ushadow/secrets';
import { z } from 'zod';

const whole = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).default(usual);

export const notifierConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    USHADOW_KEYS: keyRingSetting,
    AUDIT_KEYS: auditKeysSetting,
    PUBLIC_URL: z
      .url()
      .default('http://localhost:7401')
      .transform((url) => url.replace(/\/+$/, ''))
      .describe('Where people reach the page; links in notifications begin with it'),
    ALLOW_PRIVATE_RECEIVERS: z
      .stringbool()
      .default(false)
      .describe('Send to receivers on this host’s loopback too, as development has them'),
    RECEIVER_ADDRESSES_ALLOW: networksSetting.describe(
      'Networks to send to although the address policy would refuse them',
    ),
    RECEIVER_ADDRESSES_DENY: networksSetting.describe(
      'Networks never to send to, beside those that are always refused',
    ),
    RECEIVER_TIMEOUT_SECONDS: whole(1, 60, 10).describe('How long a receiver may take to answer'),
    DELIVERY_SLOTS: whole(1, 64, 8).describe('Deliveries at once; one to each channel'),
    CLUSTERS_INTERVAL_SECONDS: whole(1, 3_600, 60).describe(
      'How often clusters are compared with what was told of them',
    ),
    CREDENTIAL_DAYS: whole(1, 365, 14).describe('Days before its end from which a credential expires soon'),
    KEEP_DAYS: whole(1, 3_650, 30).describe('Days after which a delivery goes from the log'),
    KEEP_DELIVERIES: whole(10, 100_000, 1_000).describe('Deliveries of one channel that stay in the log'),
  });

export type NotifierConfig = z.output<typeof notifierConfig>;
