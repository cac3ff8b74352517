import type { LoadResult } from '@ushadow/compose';
import { basename, dirname, resolve } from 'node:path';
import type { CommandContext } from '../command.ts';
import type { LoadValues } from './load-options.ts';

/** Where a project lies, and which Compose files it begins with; all absolute. */
export interface ProjectFolder {
  readonly directory: string;
  readonly entries: readonly string[];
}

/** Names a Compose file is found by, in order of preference. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** The folder of a project that was loaded; undefined when there is no Compose file here or above. */
export function projectFolder(
  values: LoadValues,
  { workingDirectory }: Pick<CommandContext, 'workingDirectory'>,
  loaded: Pick<LoadResult, 'filesRead' | 'interpolationEnvironment'>,
): ProjectFolder | undefined {
  const named = values.file ?? namedByVariable(loaded.interpolationEnvironment);
  const entries = named.length > 0 ? named.map((file) => resolve(workingDirectory, file)) : found(loaded.filesRead);
  const [first] = entries;
  if (first === undefined) return undefined;
  const fixed = values['project-directory'];
  return { directory: fixed === undefined ? dirname(first) : resolve(workingDirectory, fixed), entries };
}

function namedByVariable(variables: Readonly<Record<string, string>>): readonly string[] {
  const list = variables['COMPOSE_FILE'] ?? '';
  return list === '' ? [] : list.split(variables['COMPOSE_PATH_SEPARATOR'] || ':');
}

/** Those found by name were read first. */
function found(filesRead: readonly string[]): readonly string[] {
  const main = filesRead.find((file) => NAMES.includes(basename(file)));
  return main === undefined ? [] : standardEntries(filesRead, dirname(main));
}

/** The Compose files that are found by name among the files of a folder. */
export function standardEntries(files: readonly string[], directory: string): readonly string[] {
  const here = new Set(files.filter((file) => dirname(file) === directory).map((file) => basename(file)));
  const chosen = [NAMES, OVERRIDES].map((names) => names.find((name) => here.has(name)));
  return chosen.flatMap((name) => (name === undefined ? [] : [resolve(directory, name)]));
}
