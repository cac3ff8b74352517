import type { Alternative, Matcher } from '@ushadow/proxy-labels';
import type { NamedValue, RouteMatch } from '../model/routes.ts';
import { isRouteHost, isRoutePath } from './sayable.ts';

/** A host and a match where both can be said; what cannot; or `never` for conditions that no request meets. */
export type MatchOutcome =
  | { readonly kind: 'said'; readonly host: string | undefined; readonly match: RouteMatch }
  | { readonly kind: 'unsaid'; readonly what: string }
  | { readonly kind: 'never' };

/** One alternative of a rule, all of whose conditions have to hold, as Ingress and HTTPRoute know conditions. */
export function requestMatch({ all, none }: Alternative): MatchOutcome {
  const unsaid =
    none.length > 0
      ? 'what must not be so ("!")'
      : all.map(({ kind }) => UNSAID[kind]).find((what) => what !== undefined);
  if (unsaid !== undefined) return { kind: 'unsaid', what: unsaid };
  // `*` is every host.
  const hosts = valuesOf(all, 'host').filter((host) => host !== '*');
  const methods = valuesOf(all, 'method');
  const headers = namedOf(all, 'header', (name) => name.toLowerCase());
  const query = namedOf(all, 'query', (name) => name);
  const path = pathOf(all);
  if (hosts.length > 1 && hosts.some((host) => host.startsWith('*.')))
    return { kind: 'unsaid', what: 'two hosts at once' };
  if (hosts.length > 1 || methods.length > 1 || path === undefined) return { kind: 'never' };
  const strange = hosts.find((host) => !isRouteHost(host));
  if (strange !== undefined) return { kind: 'unsaid', what: `the host "${strange}"` };
  if (!isRoutePath(path.value)) return { kind: 'unsaid', what: `the path "${path.value}"` };
  // A proxy never finds it among the headers; others would.
  if (headers.some(({ name }) => name === 'host')) return { kind: 'unsaid', what: 'the header Host' };
  if (repeats(headers) || repeats(query)) return { kind: 'unsaid', what: 'two values of one name' };
  return { kind: 'said', host: hosts[0], match: { path, method: methods[0], headers, query } };
}

const UNSAID: Readonly<Partial<Record<Matcher['kind'], string>>> = {
  'host-pattern': 'hosts by a regular expression',
  'path-pattern': 'paths by a pattern',
  'header-pattern': 'a header by a regular expression',
  'query-pattern': 'a parameter by a regular expression',
  'client-ip': 'the address of the client',
};

function valuesOf(all: readonly Matcher[], kind: 'host' | 'method'): readonly string[] {
  return [...new Set(all.flatMap((matcher) => (matcher.kind === kind ? [matcher.value] : [])))];
}

function namedOf(
  all: readonly Matcher[],
  kind: 'header' | 'query',
  sameName: (name: string) => string,
): readonly NamedValue[] {
  const found = all.flatMap((matcher) =>
    matcher.kind === kind ? [{ name: sameName(matcher.name), value: matcher.value }] : [],
  );
  return [...new Map(found.map((named) => [JSON.stringify(named), named])).values()];
}

const repeats = (named: readonly NamedValue[]): boolean => new Set(named.map(({ name }) => name)).size < named.length;

/** What all path conditions leave; undefined where they exclude each other. */
function pathOf(all: readonly Matcher[]): RouteMatch['path'] | undefined {
  const exact = [...new Set(all.flatMap((matcher) => (matcher.kind === 'path' ? [matcher.value] : [])))];
  const prefixes = all.flatMap((matcher) => (matcher.kind === 'path-prefix' ? [matcher.value] : []));
  const [value] = exact;
  if (exact.length > 1) return undefined;
  if (value !== undefined)
    return prefixes.every((prefix) => value.startsWith(prefix)) ? { kind: 'exact', value } : undefined;
  const longest = prefixes.reduce((long, prefix) => (prefix.length > long.length ? prefix : long), '/');
  return prefixes.every((prefix) => longest.startsWith(prefix)) ? { kind: 'prefix', value: longest } : undefined;
}
