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

const perMinute = (usual: number) => z.coerce.number().int().min(1).default(usual);

export const gatewayConfig = serviceConfig.extend(busSettings.shape).extend({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on; from other machines a token is needed'),
  PORT: z.coerce.number().int().min(0).max(65535).default(7400),
  ALLOWED_HOSTS: names.default(LOOPBACK.split(',')).describe('Host names that may stand in Host and Origin headers'),
  ALLOWED_ORIGINS: names
    .optional()
    .describe('Origins, with scheme and port, of pages that may ask; unless given, the site a request was sent to'),
  TRUSTED_PROXIES: names
    .default(['loopback'])
    .describe('Addresses or networks (CIDR) of proxies whose X-Forwarded-For says who the client is'),
  REQUESTS_PER_MINUTE_MAX: perMinute(30_000).describe('Requests of one client in a minute'),
  OUTBOUND_PER_MINUTE_MAX: perMinute(3_000).describe('Requests of one client in a minute that contact a cluster'),
  COMPILE_PER_MINUTE_MAX: perMinute(3_000).describe('Requests of one client in a minute that compile a project'),
  STREAMS_PER_CLIENT_MAX: z.coerce.number().int().min(1).default(250).describe('Event streams of one client'),
  STREAMS_MAX: z.coerce.number().int().min(1).default(1_000).describe('Event streams of all clients together'),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;
