import type { FilePort } from '@ushadow/compose';

/** A Compose project on disk: the files it is loaded from and the name its services are listed under. */
export interface ProjectSource {
  /** First half of its services' ids: the file's stem, or the folder's name. */
  readonly stem: string;
  /** Path below the catalog's folder, for people. */
  readonly file: string;
  /** Absolute; empty when the loader is to find them by name in `directory`. */
  readonly files: readonly string[];
  readonly directory: string;
}

const composeFile = /\.ya?ml$/;
const overrideFile = /\.override\.ya?ml$/;
/** Names the Compose Spec looks for, in its order. */
const standardNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/**
 * Every Compose file in a folder is a project of its own; a folder in it with a Compose file of a standard name is one
 * too. Override files belong to the file they override.
 */
export function findProjects(port: FilePort, root: string): ProjectSource[] {
  return port.list(root).flatMap((name) => {
    const path = `${root}/${name}`;
    const kind = port.stat(path)?.kind;
    if (kind === 'directory') return projectFolder(port, path, name);
    if (kind !== 'file' || !composeFile.test(name) || overrideFile.test(name)) return [];
    const override = port.list(root).find((other) => isOverrideOf(other, name));
    const files = override === undefined ? [path] : [path, `${root}/${override}`];
    return [{ stem: name.replace(composeFile, ''), file: name, files, directory: root }];
  });
}

function projectFolder(port: FilePort, path: string, name: string): ProjectSource[] {
  const standard = standardNames.find((candidate) => port.stat(`${path}/${candidate}`)?.kind === 'file');
  return standard === undefined ? [] : [{ stem: name, file: `${name}/${standard}`, files: [], directory: path }];
}

function isOverrideOf(other: string, name: string): boolean {
  return overrideFile.test(other) && other.replace(overrideFile, '') === name.replace(composeFile, '');
}
