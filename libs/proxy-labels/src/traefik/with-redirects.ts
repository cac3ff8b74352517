import type { ProxyRoute } from '../proxy-route.ts';
import type { RouteFilter } from '../route-filter.ts';
import { takesAll } from '../rule/takes-all.ts';
import type { ProxySettings } from './proxy-settings.ts';

type SchemeRedirect = Extract<RouteFilter, { kind: 'redirect-scheme' }>;

/**
 * Where the proxy sends all plain requests to HTTPS, each route over TLS has a plain one that does so, unless there is
 * one for the same requests.
 */
export function withRedirects(
  routes: readonly ProxyRoute[],
  settings: ProxySettings,
  proxies: ReadonlySet<string>,
): readonly ProxyRoute[] {
  const general = generalRedirect(routes, settings, proxies);
  const own = routes.filter(({ service }) => !proxies.has(service));
  if (general === undefined) return own;
  const plain = new Set(own.filter(({ tls }) => tls === undefined).map(({ condition }) => JSON.stringify(condition)));
  return own.flatMap((route) => {
    if (route.tls === undefined || plain.has(JSON.stringify(route.condition))) return [route];
    const { filter, entryPoints } = general;
    return [route, { ...route, name: `${route.name}-redirect`, tls: undefined, entryPoints, filters: [filter] }];
  });
}

interface GeneralRedirect {
  readonly filter: SchemeRedirect;
  readonly entryPoints: readonly string[];
}

/** Said of an entry point, or by a router of the proxy for all hosts. */
function generalRedirect(
  routes: readonly ProxyRoute[],
  settings: ProxySettings,
  proxies: ReadonlySet<string>,
): GeneralRedirect | undefined {
  for (const { name, redirect } of settings.entryPoints.values()) {
    if (redirect === undefined) continue;
    return { filter: { kind: 'redirect-scheme', ...redirect, name, implied: true }, entryPoints: [name] };
  }
  for (const { service, condition, tls, filters, entryPoints } of routes) {
    if (!proxies.has(service) || tls !== undefined || !takesAll(condition)) continue;
    const filter = filters.find((one) => one.kind === 'redirect-scheme');
    if (filter !== undefined) return { filter: { ...filter, implied: true }, entryPoints };
  }
  return undefined;
}
