import { z } from 'zod';

/** Reads the environment once against a schema. Every problem is printed before the process ends with 1. */
export function loadConfig<S extends z.ZodType>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<S> {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  for (const issue of result.error.issues) process.stderr.write(`config: ${issue.path.join('.')}: ${issue.message}\n`);
  process.exit(1);
}

/** Settings that every service has. */
export const serviceConfig = z.object({
  NATS_URL: z
    .string()
    .min(1)
    .default('nats://127.0.0.1:4222')
    .describe('NATS server, with credentials where it asks for them'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
  HEALTH_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(0)
    .describe('Port of /healthz and /readyz; 0 for none'),
  HEALTH_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that /healthz and /readyz listen on; 0.0.0.0 in a pod, where the kubelet asks'),
  USHADOW_PROFILE: z.enum(['development', 'production']).default('production'),
});

export const databaseConfig = z.object({
  DATABASE_URL: z.string().min(1).describe('Postgres, as a role that may use this service’s schema and owns nothing'),
  MIGRATION_DATABASE_URL: z
    .string()
    .optional()
    .transform((url) => (url === '' ? undefined : url))
    .describe(
      'The same as the owner of the schema, for migrations at the start; without it the schema has to be there',
    ),
});

export type ServiceConfig = z.output<typeof serviceConfig>;
