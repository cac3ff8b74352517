import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import type { PodPolicy } from '@ushadow/compiler';
import { POD_SECURITY_LEVELS } from '@ushadow/kubernetes';
import { auditKeysSetting, keyRingSetting } from '@ushadow/secrets';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DEFAULT_WORK_LIMITS } from './work/work-limits.ts';

export const compilerConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    USHADOW_KEYS: keyRingSetting,
    AUDIT_KEYS: auditKeysSetting,
    COMPOSE_DIR: z
      .string()
      .transform((path) => resolve(path))
      .refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false, 'is not a directory')
      .describe('Folder of Compose files; each file is a project, and so is each folder in it with a Compose file'),
    COMPOSE_ENV_FILE: z
      .string()
      .optional()
      .transform((path) => (path === undefined || path === '' ? undefined : resolve(path)))
      .refine(
        (path) => path === undefined || statSync(path, { throwIfNoEntry: false })?.isFile() === true,
        'is not a file',
      )
      .describe(
        'File of variables for `${…}` in the Compose files of COMPOSE_DIR; uploads do not see it, and nobody sees this process’s own environment',
      ),
    TEMPLATES_DIR: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((path) => path !== ''))
      .transform((paths) => paths.map((path) => resolve(path)))
      .describe('Folders of Coolify’s and Dokploy’s templates, comma-separated, as their repositories have them'),
    PROJECT_CPU_SECONDS: z.coerce
      .number()
      .min(0.1)
      .max(600)
      .default(DEFAULT_WORK_LIMITS.cpuSeconds)
      .describe('Processor time that reading or compiling one project may take; what takes more is refused'),
    PROJECT_MEMORY_MB: z.coerce
      .number()
      .int()
      .min(64)
      .max(16_384)
      .default(DEFAULT_WORK_LIMITS.megabytes)
      .describe('Memory, in MB, that reading or compiling one project may take; what takes more is refused'),
    KEEP_DAYS: z.coerce
      .number()
      .int()
      .min(2)
      .max(3650)
      .default(30)
      .describe('Days after which an upload goes that no stack, plan or deployment is made of'),
    HOST_PATHS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((path) => path !== ''))
      .pipe(z.array(z.string().startsWith('/', 'is not an absolute path')))
      .describe('Paths of the nodes that services may mount, with everything below, comma-separated; none unless set'),
    POD_SECURITY: z
      .enum(POD_SECURITY_LEVELS)
      .or(z.literal('').transform(() => 'privileged' as const))
      .default('privileged')
      .describe('The least strict Pod Security level that a pod may need; what needs a less strict one is refused'),
    ALLOWED_SERVICE_ACCOUNTS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((name) => name !== ''))
      .describe('Service accounts that pods may run as beside `default`, comma-separated; any unless set'),
  });

export type CompilerConfig = z.output<typeof compilerConfig>;

/** What the operator lets pods do. */
export function podPolicy({
  HOST_PATHS,
  POD_SECURITY,
  ALLOWED_SERVICE_ACCOUNTS,
}: Pick<CompilerConfig, 'HOST_PATHS' | 'POD_SECURITY' | 'ALLOWED_SERVICE_ACCOUNTS'>): PodPolicy {
  return {
    hostPaths: HOST_PATHS,
    podSecurity: POD_SECURITY,
    ...(ALLOWED_SERVICE_ACCOUNTS.length === 0 ? {} : { serviceAccounts: ALLOWED_SERVICE_ACCOUNTS }),
  };
}
