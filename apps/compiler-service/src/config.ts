import { serviceConfig } from '@ushadow/observability';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

export const compilerConfig = serviceConfig.extend({
  COMPOSE_DIR: z
    .string()
    .transform((path) => resolve(path))
    .refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false, 'is not a directory')
    .describe('Folder of Compose files; each file is a project, and so is each folder in it with a Compose file'),
});

export type CompilerConfig = z.output<typeof compilerConfig>;
