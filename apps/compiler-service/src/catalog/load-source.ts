import { loadProject, type LoadInput, type LoadResult } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import type { ProjectSource } from './find-projects.ts';

/**
 * Reads a project as it is on disk now. Variables come from its `.env` alone: what this process has in its environment is
 * no business of a workload. Files outside the catalog's folder are not read.
 */
export function loadSource(source: ProjectSource, root: string): LoadResult {
  const input: LoadInput = {
    files: source.files,
    port: new DiskFilePort({ roots: [root] }),
    environment: {},
    workingDirectory: source.directory,
    policy: { roots: [root] },
  };
  const loaded = loadProject(input);
  const projectName = ownName(source, loaded);
  return projectName === undefined ? loaded : loadProject({ ...input, projectName });
}

/**
 * Files that lie in one folder would all be named after it, and share their volumes: a file without a `name` of its own
 * takes the one in its `x-ushadow`, else its stem.
 */
function ownName(source: ProjectSource, { project }: LoadResult): string | undefined {
  if (project === undefined || source.files.length === 0 || project.name !== toName(lastSegment(source.directory)))
    return undefined;
  const metadata = project['x-ushadow'];
  const hint =
    typeof metadata === 'object' && metadata !== null && 'namespace' in metadata ? metadata.namespace : undefined;
  return toName(typeof hint === 'string' ? hint : source.stem) || undefined;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The Compose Spec's rule for names made from folders. */
function toName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
