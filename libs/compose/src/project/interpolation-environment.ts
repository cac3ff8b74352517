import { readEnvFiles } from '../dotenv/read-env-files.ts';
import { directoryOf, joinPath, resolvePath } from '../files/paths.ts';
import type { LoadInput } from '../load-input.ts';
import { findComposeFiles } from './find-compose-files.ts';
import type { LoadSession } from './model-scope.ts';

/** Which files are loaded, from where, and with which variables. */
export interface EntryPoint {
  readonly files: readonly string[];
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}

const TRUE_WORDS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);

/**
 * Settles files and variables: the caller's environment wins over the env files (or `.env`), which may themselves
 * name the Compose files by COMPOSE_FILE.
 */
export function settleEntryPoint(input: LoadInput, session: LoadSession): EntryPoint {
  const start = input.workingDirectory ?? '/';
  const given = input.files.map((file) => resolvePath(start, file));
  const fixed = input.projectDirectory ? resolvePath(start, input.projectDirectory) : undefined;
  const first = withEnvFiles(input.environment, fixed ?? firstDirectory(given) ?? start, input, session);
  const named = given.length > 0 ? given : filesFromVariable(first, start);
  const files = named.length > 0 ? named : findComposeFiles(fixed ?? start, session);
  const directory = fixed ?? firstDirectory(files) ?? start;
  return { files, directory, variables: withEnvFiles(first, directory, input, session) };
}

function firstDirectory(files: readonly string[]): string | undefined {
  const [first] = files;
  return first === undefined ? undefined : directoryOf(first);
}

function filesFromVariable(variables: Readonly<Record<string, string>>, start: string): readonly string[] {
  const list = variables['COMPOSE_FILE'];
  if (list === undefined || list === '') return [];
  return list.split(variables['COMPOSE_PATH_SEPARATOR'] || ':').map((file) => resolvePath(start, file));
}

function withEnvFiles(
  variables: Readonly<Record<string, string>>,
  directory: string,
  input: LoadInput,
  session: LoadSession,
): Readonly<Record<string, string>> {
  const paths = envFilesOf(directory, input, session);
  if (paths.length === 0) return variables;
  const added = readEnvFiles(paths, variables, session.files, session.report, session.work, { path: [] });
  return { ...added, ...variables };
}

function envFilesOf(directory: string, input: LoadInput, session: LoadSession): readonly string[] {
  if (input.envFiles && input.envFiles.length > 0) {
    return input.envFiles.map((file) => resolvePath(input.workingDirectory ?? '/', file));
  }
  if (TRUE_WORDS.has(input.environment['COMPOSE_DISABLE_ENV_FILE'] ?? '')) return [];
  const standard = joinPath(directory, '.env');
  return session.files.isFile(standard) ? [standard] : [];
}
