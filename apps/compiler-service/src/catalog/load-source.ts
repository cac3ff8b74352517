import { loadProject, type LoadResult } from '@ushadow/compose';
import { DiskFilePort } from '@ushadow/compose-files';
import type { ProjectSource } from './find-projects.ts';

/**
 * Reads a project as it is on disk now. Variables come from its `.env` alone: what this process has in its environment is
 * no business of a workload. Files outside the catalog's folder are not read.
 */
export function loadSource(source: ProjectSource, root: string): LoadResult {
  return loadProject({
    files: source.files,
    port: new DiskFilePort(),
    environment: {},
    workingDirectory: source.directory,
    policy: { roots: [root] },
  });
}
