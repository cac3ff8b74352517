import { z } from 'zod';

const names = z.string().transform((text) =>
  text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== ''),
);

const environment = z.object({
  GATEWAY_URL: z.url({ protocol: /^https?$/ }).describe('Origin of the gateway, which serves `/api`'),
  ALLOWED_HOSTS: names
    .default(['localhost', '127.0.0.1', '[::1]'])
    .describe('Host names that may stand in Host headers, with commas between'),
  ALLOWED_ORIGINS: names
    .optional()
    .describe('Origins, with scheme and port, of pages that may ask; unless given, the page\u2019s own'),
});

export type WebEnvironment = z.output<typeof environment>;

/** Read for each request, so that one build serves any gateway. Throws when a variable is missing or malformed. */
export function readEnvironment(): WebEnvironment {
  return environment.parse(process.env);
}
