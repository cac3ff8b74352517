import type { RouteFilter } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../compile-input.ts';
import type { AskedRoute, Fit, HttpRule, Route, RouteMatch } from '../model/routes.ts';
import { HEADERS_MAX, httpRules, isSaidByHttpRoute } from './http-rules.ts';
import { isHttpPath, unsaidByHttpRoute } from './sayable.ts';

/** A narrower condition is never widened, and no filter left out unasked. */
export function fitRoute(route: AskedRoute, target: RouteTarget | undefined, waived: readonly string[]): Fit {
  const byGateway = target?.kind === 'gateway';
  const unsaidOf = byGateway ? unsaidByHttpRoute : narrowedBy;
  const lostMatches = route.matches.map(unsaidOf);
  const matches = route.matches.filter((_, index) => lostMatches[index] === undefined);
  const said = byGateway ? saidBy(route.filters, matches) : NOTHING_SAID;
  const unsaid = route.filters.filter((filter) => !said.filters.includes(filter));
  const lostFilters = unsaid.filter((filter) => !isWaived(filter, waived));
  return {
    matches,
    rules: lostFilters.length === 0 ? said.rules : [],
    lostMatches: [...new Set(lostMatches.filter((what) => what !== undefined))],
    lostFilters,
    waivedFilters: unsaid.filter((filter) => isWaived(filter, waived)),
  };
}

/** Nobody has written it, or somebody has agreed to do without. */
function isWaived(filter: RouteFilter, waived: readonly string[]): boolean {
  return isImplied(filter) || waived.includes('*') || waived.includes(filter.name) || waived.includes(typeOf(filter));
}

/** Filters that keep requests out, and that nobody has agreed to do without. */
export function guardsOf(filters: readonly RouteFilter[], waived: readonly string[]): readonly RouteFilter[] {
  return filters.filter(
    (filter) => (filter.kind === 'basic-auth' || filter.kind === 'other') && !isWaived(filter, waived),
  );
}

/** As findings call it. */
export function targetName(target: RouteTarget | undefined): string {
  return target?.kind === 'gateway' ? 'an HTTPRoute' : 'an Ingress';
}

/** Whether anything is made of the route. */
export function isMade({ fit: { matches, lostFilters } }: Route): boolean {
  return matches.length > 0 && lostFilters.length === 0;
}

/** A redirect that nobody has written, without which the same site answers in the clear; a path that the service gets as it is. */
export function isImplied(filter: RouteFilter): boolean {
  return (filter.kind === 'redirect-scheme' || filter.kind === 'strip-prefix') && filter.implied === true;
}

/** Filters that an HTTPRoute can express together, and its rules with them. */
interface Said {
  readonly filters: readonly RouteFilter[];
  readonly rules: readonly HttpRule[];
}

const NOTHING_SAID: Said = { filters: [], rules: [] };

function saidBy(filters: readonly RouteFilter[], matches: readonly RouteMatch[]): Said {
  const single = filters.filter(isSaidByHttpRoute);
  const together = single.filter((filter, index) => isSaidBeside(filter, single.slice(0, index)));
  const rules = httpRules(matches, together);
  if (rules !== undefined && areSaid(rules)) return { filters: together, rules };
  const others = together.filter(
    ({ kind }) => kind !== 'strip-prefix' && kind !== 'add-prefix' && kind !== 'replace-path',
  );
  return { filters: others, rules: httpRules(matches, others) ?? [] };
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

function areSaid(rules: readonly HttpRule[]): boolean {
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
