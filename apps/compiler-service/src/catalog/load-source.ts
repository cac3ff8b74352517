import { loadProject, type Diagnostic, type LoadInput, type LoadResult } from '@ushadow/compose';
import { missingVariables, type MissingVariable } from './missing-variables.ts';
import type { ProjectSource } from './project-source.ts';

export interface LoadedSource {
  /** Where a required variable has no value, the project holds a placeholder. */
  readonly result: LoadResult;
  /** Places that need a variable nobody has given: `${X:?…}`. */
  readonly missing: readonly MissingVariable[];
  /** What `${…}` was filled from, placeholders left out. */
  readonly interpolation: Readonly<Record<string, string>>;
}

/** Fits wherever a variable is likely to stand: in a port, a number, a name. */
const PLACEHOLDER = '1';
/** A value can bring another requirement to light: `${A:+${B:?}}`. */
const ROUNDS = 4;

/**
 * Reads a project as it is now. Variables come from `environment` and its `.env` alone: what this process has in its own
 * is no business of a workload. Files outside the project's root are not read. A required variable without a value does
 * not stop it: who deploys a service may bring the value.
 */
export function loadSource(source: ProjectSource, environment: Readonly<Record<string, string>>): LoadedSource {
  const input: LoadInput = {
    files: source.files,
    port: source.port,
    environment,
    workingDirectory: source.directory,
    policy: { roots: [source.root] },
  };
  const named = withName(source, input, loadProject(input));
  const { interpolationEnvironment: interpolation } = named.result;
  let { result } = named;
  const missing: MissingVariable[] = [];
  let given = environment;
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = missingVariables(result.diagnostics);
    if (found.length === 0) break;
    missing.push(...found);
    given = { ...given, ...Object.fromEntries(found.map(({ variable }) => [variable, PLACEHOLDER])) };
    result = loadProject({ ...named.input, environment: given });
  }
  return { result, missing, interpolation };
}

/** What keeps a loaded project from being used at all. */
export function errorsOf({ result }: LoadedSource): readonly Diagnostic[] {
  return result.diagnostics.filter((found) => found.severity === 'error');
}

/**
 * Files that lie in one folder would all be named after it, and share their volumes: a file without a `name` of its own
 * takes the one in its `x-ushadow`, else its stem. So does an upload, which has no folder.
 */
function withName(
  source: ProjectSource,
  input: LoadInput,
  result: LoadResult,
): { input: LoadInput; result: LoadResult } {
  const projectName = ownName(source, result);
  if (projectName === undefined) return { input, result };
  const named = { ...input, projectName };
  return { input: named, result: loadProject(named) };
}

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
