import { jsonPointer } from '@ushadow/compose';
import { readCaddy } from './caddy/read-caddy.ts';
import { saySameRequests } from './same-requests.ts';
import type { LabelledService } from './labelled-service.ts';
import { readNginxProxy } from './nginx-proxy/read-nginx-proxy.ts';
import { dockerProxies } from './proxies/docker-proxies.ts';
import { sayOtherFamilies } from './proxies/other-families.ts';
import type { Find, ProxyFinding, ProxyReading } from './proxy-reading.ts';
import type { ProxyRoute } from './proxy-route.ts';
import { readTraefik } from './traefik/read-traefik.ts';

/** The routes that proxies over Docker would read from the services of a project. */
export function readProxyLabels(services: readonly LabelledService[]): ProxyReading {
  const findings: ProxyFinding[] = [];
  const find: Find = (finding) => void findings.push(finding);
  const proxies = dockerProxies(services);
  for (const { service, title } of proxies) {
    const path = jsonPointer(['services', service.name]);
    find({ code: 'CMP1441', path, params: { service: service.name, proxy: title } });
  }
  const { routes: ofTraefik, streams } = readTraefik(services, proxies, find);
  const read = [ofTraefik, readCaddy(services, find), readNginxProxy(services, proxies, find)].flat();
  sayOtherFamilies(services, find);
  const routes = withUniqueNames(inOrder(read, services));
  saySameRequests(routes, find);
  return { routes, streams, findings, proxies: [...new Set(proxies.map(({ service }) => service.name))] };
}

/** By the service whose label says it; those of one service stay as they were read. */
function inOrder(routes: readonly ProxyRoute[], services: readonly LabelledService[]): readonly ProxyRoute[] {
  const places = new Map<string, number>();
  for (const { labels, environment } of services) {
    for (const { path } of [...labels, ...environment]) places.set(path, places.size);
  }
  return routes.toSorted((a, b) => (places.get(a.path) ?? 0) - (places.get(b.path) ?? 0));
}

function withUniqueNames(routes: readonly ProxyRoute[]): readonly ProxyRoute[] {
  const taken = new Set(routes.map(({ name }) => name));
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return routes.map((route) => {
    let { name } = route;
    while (used.has(name)) {
      const count = (counts.get(route.name) ?? 1) + 1;
      counts.set(route.name, count);
      const candidate = `${route.name}-${count}`;
      if (!taken.has(candidate)) name = candidate;
    }
    used.add(name);
    return name === route.name ? route : { ...route, name };
  });
}
