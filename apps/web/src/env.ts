import { z } from 'zod';

const environment = z.object({
  GATEWAY_URL: z.url({ protocol: /^https?$/ }).describe('Origin of the gateway, which serves `/api`'),
  ALLOWED_HOSTS: z
    .string()
    .default('localhost,127.0.0.1,[::1]')
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .describe('Host names that may stand in Host and Origin headers, with commas between'),
});

export type WebEnvironment = z.output<typeof environment>;

/** Read for each request, so that one build serves any gateway. Throws when a variable is missing or malformed. */
export function readEnvironment(): WebEnvironment {
  return environment.parse(process.env);
}
