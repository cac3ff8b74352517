import type { Find } from './proxy-reading.ts';
import type { ProxyRoute } from './proxy-route.ts';

/** Says routes that take the same requests, with nothing that tells which of them goes first. */
export function saySameRequests(routes: readonly ProxyRoute[], find: Find): void {
  /** Of one proxy, condition and priority: the first route at each entry point. */
  const groups = new Map<string, Map<string, ProxyRoute>>();
  for (const route of routes) {
    const { from, condition, priority, tls, entryPoints, path } = route;
    const key = JSON.stringify([from, condition, priority, tls === undefined]);
    const group = groups.get(key) ?? new Map<string, ProxyRoute>();
    groups.set(key, group);
    const other = firstAtSame(group, entryPoints);
    for (const name of entryPoints.length === 0 ? [ANY] : entryPoints) {
      if (!group.has(name)) group.set(name, route);
    }
    if (other === undefined) continue;
    find({ code: 'CMP1411', path, params: { service: route.service, router: route.name, other: other.name } });
  }
}

/** Of a route that names no entry point. */
const ANY = '';

function firstAtSame(group: ReadonlyMap<string, ProxyRoute>, entryPoints: readonly string[]): ProxyRoute | undefined {
  if (entryPoints.length === 0) return group.values().next().value;
  return [ANY, ...entryPoints].map((name) => group.get(name)).find((route) => route !== undefined);
}
