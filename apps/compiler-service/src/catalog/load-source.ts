import { loadProject, type Diagnostic, type LoadInput, type LoadResult } from '@ushadow/compose';
import { missingVariables, type MissingVariable } from './missing-variables.ts';
import type { ProjectSource } from './project-source.ts';

export interface LoadedSource {
  /** Where a required variable has no value, the project holds a placeholder. */
  readonly result: LoadResult;
  /** Places that need a variable nobody has given: `${X:?…}`. */
  readonly missing: readonly MissingVariable[];
  /** Findings of the loader beside these. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Fits wherever a variable is likely to stand: in a port, a number, a name. */
const PLACEHOLDER = '1';

/**
 * Reads a project as it is now. Variables come from `environment` and its `.env` alone: what this process has in its own
 * is no business of a workload. Files outside the project's root are not read. A required variable without a value does
 * not stop it: who deploys a service may bring the value.
 */
export function loadSource(
  source: ProjectSource,
  environment: Readonly<Record<string, string>>,
  profiles: readonly string[] = [],
): LoadedSource {
  const input: LoadInput = {
    profiles,
    files: source.files,
    port: source.port,
    environment,
    workingDirectory: source.directory,
    policy: { roots: [source.root] },
    placeholder: PLACEHOLDER,
    ...(source.parsed === undefined ? {} : { parsed: source.parsed }),
  };
  const loaded = loadProject(input);
  const projectName = ownName(source, loaded);
  const result = projectName === undefined ? loaded : loadProject({ ...input, projectName });
  const missing = missingVariables(result.diagnostics);
  const found = new Set(missing.map((each) => each.found));
  return { result, missing, diagnostics: result.diagnostics.filter((each) => !found.has(each)) };
}

/** What keeps a loaded project from being used at all. */
export function errorsOf({ diagnostics }: LoadedSource): readonly Diagnostic[] {
  return diagnostics.filter((found) => found.severity === 'error');
}

/**
 * Files that lie in one folder would all be named after it, and share their volumes: a file without a `name` of its own
 * takes the one in its `x-ushadow`, else its stem. So does an upload, which has no folder.
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
