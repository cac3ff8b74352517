import type { Alternative, Condition, Matcher } from './condition.ts';
import type { Entry } from './labelled-service.ts';
import type { ProxyRoute, RouteTls } from './proxy-route.ts';
import type { RouteFilter } from './route-filter.ts';
import { plainHost } from './rule/host-name.ts';

/** What a proxy that thinks in sites, not in routers, serves at one host. */
export interface Site {
  readonly from: 'caddy' | 'nginx-proxy';
  readonly service: string;
  readonly said: Entry;
  /** Undefined: any. */
  readonly host: string | undefined;
  readonly matcher: Matcher | undefined;
  readonly filters: readonly RouteFilter[];
  readonly port: number | undefined;
  readonly scheme: ProxyRoute['scheme'];
  readonly tls: RouteTls | undefined;
  /** What plain HTTP is answered with where there is TLS. */
  readonly plain: 'redirect' | 'serve' | 'nothing';
}

/** Its routes: over TLS, and the plain one beside it. The longer condition has precedence, as with Traefik. */
export function routesOfSite(site: Site): readonly ProxyRoute[] {
  const { tls, plain, said, from } = site;
  const main = routeOf(site, tls, site.filters, '');
  if (tls === undefined || plain === 'nothing') return [main];
  if (plain === 'serve') return [main, routeOf(site, undefined, site.filters, '-plain')];
  const redirect: RouteFilter = {
    kind: 'redirect-scheme',
    scheme: 'https',
    port: undefined,
    permanent: true,
    implied: true,
    name: from,
    path: said.path,
  };
  return [main, routeOf(site, undefined, [redirect], '-redirect')];
}

function routeOf(site: Site, tls: RouteTls | undefined, filters: readonly RouteFilter[], suffix: string): ProxyRoute {
  const { host, matcher, service, from, said, port, scheme } = site;
  const all: readonly Matcher[] = [
    ...(host === undefined ? [] : [{ kind: 'host', value: plainHost(host) } as const]),
    ...(matcher === undefined ? [] : [matcher]),
  ];
  const matchers = all.length === 0 ? [ANYTHING] : all;
  const alternatives: readonly Alternative[] = [{ all: matchers, none: [] }];
  return {
    name: `${nameOf(host ?? service)}${suffix}`,
    service,
    from,
    path: said.path,
    condition: joined(matchers),
    alternatives,
    priority: matchers.reduce((sum, { value }) => sum + value.length + OVERHEAD, 0),
    priorityGiven: false,
    filters,
    port,
    scheme,
    entryPoints: [],
    tls,
  };
}

const ANYTHING: Matcher = { kind: 'path-prefix', value: '/' };
/** Of a matcher, in a rule of Traefik that says the same. */
const OVERHEAD = 16;

function joined(matchers: readonly Matcher[]): Condition {
  const [only] = matchers;
  return matchers.length === 1 && only !== undefined ? only : { kind: 'and', of: matchers };
}

function nameOf(host: string): string {
  return host
    .toLowerCase()
    .replaceAll('*', 'any')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
