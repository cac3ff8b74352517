import type { RouteFilter } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../compile-input.ts';
import type { DesignedService } from '../model/design.ts';
import type { RouteMatch } from '../model/routes.ts';
import type { Route } from '../model/routes.ts';
import type { HttpRule } from './http-rules.ts';
import { HEADERS_MAX, httpRules, isSaidByHttpRoute } from './http-rules.ts';
import { isHttpPath, unsaidByHttpRoute } from './sayable.ts';

/** What a target makes of a route, and what it cannot say of it. */
export interface Fit {
  readonly matches: readonly RouteMatch[];
  /** Of an HTTPRoute; none for an Ingress. */
  readonly rules: readonly HttpRule[];
  readonly lostMatches: readonly string[];
  /** Filters that nobody agreed to do without. With one of them, nothing is made of the route. */
  readonly lostFilters: readonly RouteFilter[];
  readonly waivedFilters: readonly RouteFilter[];
}

/** A narrower condition is never widened, and no filter left out unasked. */
export function fitRoute(route: Route, target: RouteTarget | undefined, waived: readonly string[]): Fit {
  const byGateway = target?.kind === 'gateway';
  const isWaived = (filter: RouteFilter): boolean =>
    isImplied(filter) || waived.includes('*') || waived.includes(filter.name) || waived.includes(typeOf(filter));
  const said = byGateway ? saidFilters(route) : [];
  const unsaid = route.filters.filter((filter) => !said.includes(filter));
  const lostFilters = unsaid.filter((filter) => !isWaived(filter));
  const unsaidOf = byGateway ? unsaidByHttpRoute : narrowedBy;
  const matches = route.matches.filter((match) => unsaidOf(match) === undefined);
  const lostMatches = route.matches.flatMap((match) => unsaidOf(match) ?? []);
  return {
    matches,
    rules: byGateway && lostFilters.length === 0 ? (httpRules(matches, said) ?? []) : [],
    lostMatches: [...new Set(lostMatches)],
    lostFilters,
    waivedFilters: unsaid.filter(isWaived),
  };
}

/** A redirect that nobody has written: without it, the same site answers in the clear. */
export function isImplied(filter: RouteFilter): boolean {
  return filter.kind === 'redirect-scheme' && filter.implied === true;
}

/** Ports that the routes of a service lead to, of those that are made. */
export function routedPorts({ routes, settings }: DesignedService, target: RouteTarget | undefined): readonly number[] {
  return routes.flatMap((route) => {
    const { matches, lostFilters } = fitRoute(route, target, settings.withoutFilters ?? []);
    return matches.length === 0 || lostFilters.length > 0 ? [] : [route.backend.port];
  });
}

/** The filters that an HTTPRoute can express together. */
function saidFilters(route: Route): readonly RouteFilter[] {
  const said = route.filters.filter(isSaidByHttpRoute);
  const together = said.filter((filter, index) => isSaidBeside(filter, said.slice(0, index)));
  if (
    areSaid(
      httpRules(
        route.matches.filter((match) => unsaidByHttpRoute(match) === undefined),
        together,
      ),
    )
  )
    return together;
  return together.filter(({ kind }) => kind !== 'strip-prefix' && kind !== 'add-prefix' && kind !== 'replace-path');
}

/** A rule answers for other origins once, and takes so many headers of all filters together. */
function isSaidBeside(filter: RouteFilter, before: readonly RouteFilter[]): boolean {
  if (filter.kind === 'cors') return before.every(({ kind }) => kind !== 'cors');
  if (filter.kind !== 'request-headers' && filter.kind !== 'response-headers') return true;
  const all = [...before, filter].filter((each): each is typeof filter => each.kind === filter.kind);
  // One is for what was stripped.
  const set = all.flatMap((each) => Object.keys(each.set)).length + (filter.kind === 'request-headers' ? 1 : 0);
  return set <= HEADERS_MAX && all.flatMap((each) => each.remove).length <= HEADERS_MAX;
}

function areSaid(rules: readonly HttpRule[] | undefined): boolean {
  if (rules === undefined) return false;
  return rules.every(
    ({ matches, path }) =>
      (path?.value.length ?? 0) <= PATH_MAX && matches.every((match) => isHttpPath(match.path.value)),
  );
}

const PATH_MAX = 1024;

/** What an Ingress cannot ask for. */
function narrowedBy({ method, headers, query }: RouteMatch): string | undefined {
  if (method !== undefined) return 'a method';
  if (headers.length > 0) return 'a header';
  return query.length > 0 ? 'a query' : undefined;
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
