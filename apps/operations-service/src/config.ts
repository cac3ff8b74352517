import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { auditKeysSetting } from '@ushadow/secrets';
import { z } from 'zod';

const streams = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual);
const seconds = (usual: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(30 * 86_400)
    .default(usual);

export const operationsConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    AUDIT_KEYS: auditKeysSetting,
    STREAM_HOST: z.string().min(1).default('127.0.0.1').describe('Address on which gateways come for streams'),
    STREAM_PORT: z.coerce.number().int().min(0).max(65535).default(0).describe('Its port; 0: any that is free'),
    STREAM_ADVERTISED: z
      .string()
      .optional()
      .transform((text) => (text === '' ? undefined : text))
      .refine((text) => text === undefined || /^[^\s/:@]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(text), {
        error: 'is not a host, or a host and a port',
      })
      .describe('What gateways reach this process by, host or host:port; the address it listens on unless given'),
    STREAMS_PER_GATEWAY_MAX: streams(1_000).describe('Streams that one gateway may have open'),
    SHELL_IDLE_SECONDS: seconds(3_600).describe('A shell or forward that nobody uses for so long is ended'),
    SHELL_SECONDS_MAX: seconds(12 * 3_600).describe('A shell or forward is ended after so long, however it is used'),
    STREAMS_MAX: streams(2_000).describe('Streams of all gateways together'),
  });

export type OperationsConfig = z.output<typeof operationsConfig>;
