import type { Diagnostic } from '@ushadow/compose';
import { dirname, relative, resolve, sep } from 'node:path';
import { standardEntries, type ProjectFolder } from './project-folder.ts';
import { uploadFinding } from './upload-findings.ts';

export interface Entry {
  /** Lines for the end of the project's `.env`. */
  readonly environment: readonly string[];
  /** A Compose file that begins with the right ones. */
  readonly composeFile?: string;
  readonly findings: readonly Diagnostic[];
}

/**
 * An upload begins with the Compose file that is found by name. Where the project here begins with others, its `.env`
 * says so, as COMPOSE_FILE does here; with another folder for relative paths, a Compose file that includes them does.
 */
export function uploadEntry(folder: ProjectFolder, name: string, sent: readonly string[]): Entry {
  const { directory, entries } = folder;
  const standard = standardEntries(
    sent.map((path) => resolve(directory, path)),
    directory,
  );
  if (isSame(entries, standard) || isOnlyOne(entries, directory, sent)) return { environment: [], findings: [] };
  const paths = entries.map((entry) => relative(directory, entry).split(sep).join('/'));
  const isHere = dirname(entries[0] ?? '') === directory;
  if (!isHere && standard.length > 0) {
    const [file = ''] = standard.map((path) => relative(directory, path));
    return { environment: [], findings: [uploadFinding('CLI0010', { file })] };
  }
  return {
    environment: isHere ? ['COMPOSE_PATH_SEPARATOR=:', `COMPOSE_FILE='${paths.join(':')}'`] : [],
    ...(standard.length > 0 ? {} : { composeFile: including(name, paths) }),
    findings: [],
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** A file of another name is found as well where it is alone. */
function isOnlyOne(entries: readonly string[], directory: string, sent: readonly string[]): boolean {
  const [only, second] = sent.filter((path) => /^[^/]+\.ya?ml$/.test(path));
  const [entry, more] = entries;
  return (
    only !== undefined &&
    second === undefined &&
    more === undefined &&
    entry === resolve(directory, only) &&
    !/\.override\.ya?ml$/.test(only)
  );
}

function including(name: string, paths: readonly string[]): string {
  const list = JSON.stringify(paths.map((path) => path.replaceAll('$', '$$$$')));
  return `# Made by ushadow up: what the project begins with.
name: ${name}
include:
  - path: ${list}
    project_directory: .
`;
}
