import { busSettings } from '@ushadow/messaging';
import { serviceConfig } from '@ushadow/observability';
import { z } from 'zod';

const LOOPBACK = 'localhost,127.0.0.1,[::1]';
const names = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== ''),
);

export const gatewayConfig = serviceConfig.extend(busSettings.shape).extend({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; loopback until there is access control'),
  PORT: z.coerce.number().int().min(0).max(65535).default(7400),
  ALLOWED_HOSTS: names.default(LOOPBACK.split(',')).describe('Host names that may stand in Host and Origin headers'),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;
