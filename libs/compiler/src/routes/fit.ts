import type { RouteFilter } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../compile-input.ts';
import type { RouteMatch } from '../model/routes.ts';
import type { Route } from '../model/routes.ts';
import type { HttpRule } from './http-rules.ts';
import { httpRules, isSaidByHttpRoute } from './http-rules.ts';

/** What a target makes of a route, and what it cannot say of it. */
export interface Fit {
  readonly matches: readonly RouteMatch[];
  /** Of an HTTPRoute; none for an Ingress. */
  readonly rules: readonly HttpRule[];
  readonly lostMatches: readonly ('method' | 'header' | 'query')[];
  /** Filters that nobody agreed to do without. With one of them, nothing is made of the route. */
  readonly lostFilters: readonly RouteFilter[];
  readonly waivedFilters: readonly RouteFilter[];
}

/** A narrower condition is never widened, and no filter left out unasked. */
export function fitRoute(route: Route, target: RouteTarget | undefined, waived: readonly string[]): Fit {
  const byGateway = target?.kind === 'gateway';
  const isWaived = (filter: RouteFilter): boolean =>
    waived.includes('*') || waived.includes(filter.name) || waived.includes(typeOf(filter));
  const said = byGateway ? saidFilters(route) : [];
  const unsaid = route.filters.filter((filter) => !said.includes(filter));
  const lostFilters = unsaid.filter((filter) => !isWaived(filter));
  const matches = byGateway ? route.matches : route.matches.filter((match) => narrowedBy(match) === undefined);
  const lostMatches = byGateway ? [] : route.matches.flatMap((match) => narrowedBy(match) ?? []);
  return {
    matches,
    rules: byGateway && lostFilters.length === 0 ? (httpRules(matches, said) ?? []) : [],
    lostMatches: [...new Set(lostMatches)],
    lostFilters,
    waivedFilters: unsaid.filter(isWaived),
  };
}

/** The filters that an HTTPRoute can express together. */
function saidFilters({ filters, matches }: Route): readonly RouteFilter[] {
  const said = filters.filter(isSaidByHttpRoute);
  if (httpRules(matches, said) !== undefined) return said;
  return said.filter(({ kind }) => kind !== 'strip-prefix' && kind !== 'add-prefix' && kind !== 'replace-path');
}

/** What an Ingress cannot ask for. */
function narrowedBy({ method, headers, query }: RouteMatch): Fit['lostMatches'][number] | undefined {
  if (method !== undefined) return 'method';
  if (headers.length > 0) return 'header';
  return query.length > 0 ? 'query' : undefined;
}

const TYPES: Readonly<Record<Exclude<RouteFilter['kind'], 'other'>, string>> = {
  'redirect-scheme': 'redirectScheme',
  'redirect-pattern': 'redirectRegex',
  'strip-prefix': 'stripPrefix',
  'add-prefix': 'addPrefix',
  'replace-path': 'replacePath',
  'request-headers': 'headers',
  'response-headers': 'headers',
  cors: 'headers',
  'basic-auth': 'basicAuth',
};

/** As proxies call it. */
export function typeOf(filter: RouteFilter): string {
  return filter.kind === 'other' ? filter.type : TYPES[filter.kind];
}
