import { busSettings } from '@ushadow/messaging';
import { databaseConfig, serviceConfig } from '@ushadow/observability';
import type { PodPolicy } from '@ushadow/compiler';
import { POD_SECURITY_LEVELS } from '@ushadow/kubernetes';
import { keyRingSetting } from '@ushadow/secrets';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

export const compilerConfig = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({
    USHADOW_KEYS: keyRingSetting,
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
      .describe('File of variables for `${…}` in every Compose file; this process’s own environment is never used'),
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
