const PATH_MAX = 500;
const DEPTH_MAX = 20;

/** Why a path cannot be one of a project's; undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path.length > PATH_MAX) return `is longer than ${String(PATH_MAX)} characters`;
  if (/[\\\p{Cc}]/u.test(path)) return 'has a backslash or a control character';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute; give it below the project’s folder';
  const segments = path.split('/');
  if (segments.some((segment) => segment === '..')) return 'leads out of the project’s folder';
  if (segments.some((segment) => segment === '' || segment === '.')) return 'has an empty or "." segment';
  return segments.length > DEPTH_MAX ? `is nested deeper than ${String(DEPTH_MAX)} folders` : undefined;
}
