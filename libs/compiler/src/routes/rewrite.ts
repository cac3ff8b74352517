import type { RouteFilter } from '@ushadow/proxy-labels';
import type { PathChange, RouteMatch } from '../model/routes.ts';

/** What becomes of the path of the requests of one match. */
export interface Rewritten {
  readonly match: RouteMatch;
  readonly path: PathChange | undefined;
  /** What was taken off the front, of which programs are told in `X-Forwarded-Prefix`. */
  readonly stripped: string | undefined;
}

type PathFilter = Extract<RouteFilter, { kind: 'strip-prefix' | 'add-prefix' | 'replace-path' }>;

/**
 * The path filters of a route as changes of what its match takes: one prefix for another. A prefix to be stripped that lies below the
 * one that is matched makes a match of its own. Undefined where filters ask for what no such change is.
 */
export function rewrittenMatches(match: RouteMatch, filters: readonly PathFilter[]): readonly Rewritten[] | undefined {
  const below = prefixesBelow(match, filters);
  if (below === undefined) return undefined;
  const parts = [...below, match.path.value].map((value) => ({ ...match, path: { ...match.path, value } }));
  const rewritten = parts.map((part) => rewrite(part, filters));
  return rewritten.includes(undefined) ? undefined : (rewritten as readonly Rewritten[]);
}

/** Prefixes deeper than the match that the first filter strips; undefined where a later one would have to. */
function prefixesBelow(match: RouteMatch, filters: readonly PathFilter[]): readonly string[] | undefined {
  if (match.path.kind === 'exact') return [];
  const deeper = (filter: PathFilter, under: string): readonly string[] =>
    filter.kind === 'strip-prefix'
      ? [...new Set(filter.prefixes.map(withoutSlash))].filter(
          (prefix) => prefix !== withoutSlash(under) && startsWithSegments(prefix, under),
        )
      : [];
  const [first, ...others] = filters;
  if (others.some(({ kind }) => kind === 'strip-prefix')) return undefined;
  return first === undefined ? [] : deeper(first, match.path.value);
}

function rewrite(match: RouteMatch, filters: readonly PathFilter[]): Rewritten | undefined {
  let value = match.path.value;
  let stripped: string | undefined;
  let whole = match.path.kind === 'exact';
  for (const filter of filters) {
    if (filter.kind === 'replace-path') [value, whole] = [joined('', filter.value), true];
    else if (filter.kind === 'add-prefix') value = joined(filter.prefix, value, whole);
    else {
      const prefix = filter.prefixes.find(
        (each) => value.startsWith(each) || (!whole && startsWithSegments(value, each)),
      );
      if (prefix === undefined || prefix === '') continue;
      value = joined('', value.slice(withoutSlash(prefix).length));
      stripped = `${stripped ?? ''}${withoutSlash(prefix) || '/'}`;
    }
  }
  if (value === match.path.value && !whole) return { match, path: undefined, stripped };
  if (value === match.path.value && match.path.kind === 'exact') return { match, path: undefined, stripped };
  return { match, path: { kind: whole ? 'full' : 'prefix', value }, stripped };
}

/** `/a/b` starts with `/a` and with `/a/`, `/ab` does not. */
function startsWithSegments(path: string, prefix: string): boolean {
  const base = withoutSlash(prefix);
  return withoutSlash(path) === base || path.startsWith(`${base}/`);
}

const withoutSlash = (path: string): string => path.replace(/\/+$/, '');

/** `/` is nothing behind a prefix, unless it is the whole path. */
function joined(prefix: string, path: string, isWhole = false): string {
  const rest = path === '/' && prefix !== '' && !isWhole ? '' : path;
  const text = `${withoutSlash(prefix)}${rest}`;
  return text.startsWith('/') ? text : `/${text}`;
}
