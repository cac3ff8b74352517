import type { CorsAnswer, HeaderChange, RouteFilter } from '@ushadow/proxy-labels';
import type { HeaderSet, HttpRule, RouteMatch } from '../model/routes.ts';
import { rewrittenMatches } from './rewrite.ts';
import { isHttpMethod, isHttpName, isHttpValue } from './sayable.ts';

/** What Gateway API itself has a filter for. */
export function isSaidByHttpRoute(filter: RouteFilter): boolean {
  switch (filter.kind) {
    case 'redirect-scheme':
      return filter.scheme === 'http' || filter.scheme === 'https';
    case 'strip-prefix':
    case 'add-prefix':
    case 'replace-path':
      return true;
    case 'request-headers':
    case 'response-headers':
      return (
        [...Object.keys(filter.set), ...filter.remove].every((name) => isHttpName(name) && !/^host$/i.test(name)) &&
        Object.values(filter.set).every(isHttpValue)
      );
    case 'cors':
      return isSaidCors(filter);
    default:
      return false;
  }
}

/** What one rule sets, and what it removes. */
export const HEADERS_MAX = 16;

function isSaidCors({ origins, originPatterns, methods, headers, exposed, maxAge }: CorsAnswer): boolean {
  return (
    originPatterns.length === 0 &&
    isListOf(origins, (origin) => ORIGIN.test(origin) && origin.length <= 253) &&
    isListOf(methods, isHttpMethod) &&
    isListOf(headers, isHttpName) &&
    exposed.every(isHttpName) &&
    exposed.length <= LIST_MAX &&
    (maxAge === undefined || (maxAge > 0 && maxAge < 2 ** 31))
  );
}

/** All, or some. */
function isListOf(values: readonly string[], isOne: (value: string) => boolean): boolean {
  if (values.includes('*')) return values.length === 1;
  return values.length <= LIST_MAX && values.every(isOne);
}

const LIST_MAX = 64;
const ORIGIN = /^https?:\/\/(?:(?:\*\.)?(?:[a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(?::\d{1,5})?$/;

/** The rules of an HTTPRoute; undefined where the path cannot be changed as the filters ask. */
export function httpRules(
  matches: readonly RouteMatch[],
  filters: readonly RouteFilter[],
): readonly HttpRule[] | undefined {
  const redirect = filters.find((filter) => filter.kind === 'redirect-scheme');
  const before = redirect === undefined ? filters : filters.slice(0, filters.indexOf(redirect));
  const pathFilters = before.filter(
    (filter) => filter.kind === 'strip-prefix' || filter.kind === 'add-prefix' || filter.kind === 'replace-path',
  );
  if (redirect !== undefined && pathFilters.length > 0) return undefined;
  const rules = new Map<string, HttpRule & { readonly matches: RouteMatch[] }>();
  for (const match of matches) {
    const rewritten = rewrittenMatches(match, pathFilters);
    if (rewritten === undefined) return undefined;
    for (const { match: part, path, stripped } of rewritten) {
      // A prefix is replaced in a rule of its own: Gateway API takes one match beside it.
      const key = JSON.stringify([path, stripped, path?.kind === 'prefix' ? part : undefined]);
      const rule = rules.get(key) ?? { ...ruleOf(before, stripped), path, redirect, matches: [] };
      rule.matches.push(part);
      rules.set(key, rule);
    }
  }
  return [...rules.values()];
}

function ruleOf(
  filters: readonly RouteFilter[],
  stripped: string | undefined,
): Pick<HttpRule, 'requestHeaders' | 'responseHeaders' | 'cors'> {
  return {
    requestHeaders: headersOf(
      filters,
      'request-headers',
      stripped === undefined ? {} : { 'X-Forwarded-Prefix': stripped },
    ),
    responseHeaders: headersOf(filters, 'response-headers', {}),
    cors: filters.find((filter) => filter.kind === 'cors'),
  };
}

/** All changes as one, since a rule takes a filter of a type once; a later one wins. */
function headersOf(
  filters: readonly RouteFilter[],
  kind: HeaderChange['kind'],
  first: Readonly<Record<string, string>>,
): HeaderSet | undefined {
  const set = new Map(Object.entries(first).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const remove = new Map<string, string>();
  for (const filter of filters) {
    if (filter.kind !== kind) continue;
    for (const name of filter.remove) {
      set.delete(name.toLowerCase());
      remove.set(name.toLowerCase(), name);
    }
    for (const [name, value] of Object.entries(filter.set)) {
      remove.delete(name.toLowerCase());
      set.set(name.toLowerCase(), { name, value });
    }
  }
  if (set.size === 0 && remove.size === 0) return undefined;
  return {
    set: Object.fromEntries([...set.values()].map(({ name, value }) => [name, value])),
    remove: [...remove.values()],
  };
}

/** The same requests, sent on to HTTPS. */
export function redirectToHttps({ matches }: HttpRule): HttpRule {
  return {
    matches,
    path: undefined,
    requestHeaders: undefined,
    responseHeaders: undefined,
    cors: undefined,
    redirect: { kind: 'redirect-scheme', scheme: 'https', port: undefined, permanent: true, name: '', path: '' },
  };
}
