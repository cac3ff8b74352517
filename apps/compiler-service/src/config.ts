import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { keyRingSetting } from '@ushadow/secrets';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

export const compilerConfig = serviceConfig.extend(databaseConfig.shape).extend({
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
});

export type CompilerConfig = z.output<typeof compilerConfig>;
