import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Program } from './program.ts';

/** True for a file that may be executed. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The executable named `name` on PATH. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * The executable that the environment names, by file or by folder.
 *
 * @throws Error when a variable names a file that cannot be executed: a wrong setting should not be passed over
 */
export function fromEnvironment(
  { name, fileVariables, folderVariables }: Program,
  env: NodeJS.ProcessEnv,
): string | undefined {
  for (const variable of fileVariables) {
    const path = env[variable];
    if (!path) continue;
    if (isExecutable(path)) return path;
    throw new Error(`${variable}=${path} is not an executable file`);
  }
  return folderVariables
    .map((variable) => env[variable])
    .filter((folder): folder is string => folder !== undefined && folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}
