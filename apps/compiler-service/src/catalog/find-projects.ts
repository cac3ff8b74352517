import type { ContentPort } from '@ushadow/compiler';
import type { StoredSource } from './project-source.ts';

const composeFile = /\.ya?ml$/;
const overrideFile = /\.override\.ya?ml$/;
/** Names the Compose Spec looks for, in its order. */
const standardNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/**
 * Every Compose file in a folder is a project of its own; a folder in it with a Compose file of a standard name is one
 * too. Override files belong to the file they override.
 */
export function findProjects(port: ContentPort, root: string): StoredSource[] {
  const place = { root, base: root, origin: 'directory', content: undefined } as const;
  return port.list(root).flatMap((name) => {
    const path = `${root}/${name}`;
    const kind = port.stat(path)?.kind;
    if (kind === 'directory') {
      const standard = standardFile(port, path);
      return standard === undefined
        ? []
        : [{ ...place, stem: name, file: `${name}/${standard}`, files: [], directory: path }];
    }
    if (kind !== 'file' || !isComposeFile(name)) return [];
    const override = port.list(root).find((other) => isOverrideOf(other, name));
    const files = override === undefined ? [path] : [path, `${root}/${override}`];
    return [{ ...place, stem: name.replace(composeFile, ''), file: name, files, directory: root }];
  });
}

/** The Compose file of a folder that is one project: of a standard name, else the only one there is. */
export function findProjectFile(
  port: ContentPort,
  directory: string,
): { readonly file: string; readonly isStandard: boolean } | undefined {
  const standard = standardFile(port, directory);
  if (standard !== undefined) return { file: standard, isStandard: true };
  const [only, ...more] = port.list(directory).filter(isComposeFile);
  return only === undefined || more.length > 0 ? undefined : { file: only, isStandard: false };
}

function standardFile(port: ContentPort, directory: string): string | undefined {
  return standardNames.find((name) => port.stat(`${directory}/${name}`)?.kind === 'file');
}

function isComposeFile(name: string): boolean {
  return composeFile.test(name) && !overrideFile.test(name);
}

function isOverrideOf(other: string, name: string): boolean {
  return overrideFile.test(other) && other.replace(overrideFile, '') === name.replace(composeFile, '');
}
