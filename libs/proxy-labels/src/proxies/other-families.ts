import type { LabelledService } from '../labelled-service.ts';
import type { Find } from '../proxy-reading.ts';

/** Labels of other proxies that say where requests go. */
const FAMILIES: readonly (readonly [prefix: string, proxy: string])[] = [
  ['haproxy.', 'HAProxy'],
  ['easyhaproxy.', 'EasyHAProxy'],
  ['kong.', 'Kong'],
  ['nginx.ingress.', 'an ingress controller'],
  ['com.docker.lb.', 'Interlock'],
  ['com.df.', 'Docker Flow Proxy'],
  ['apisix.', 'Apache APISIX'],
  ['bunkerweb.', 'BunkerWeb'],
  ['swag', 'SWAG'],
  ['pangolin.', 'Pangolin'],
  ['tsdproxy.', 'TSDProxy'],
  ['docktail.', 'DockTail'],
  ['dockflare.', 'DockFlare'],
  ['cloudflare.tunnel.', 'Cloudflare Tunnel'],
  ['proxy.', 'GoDoxy'],
  ['zoraxy.', 'Zoraxy'],
];

/** Says them, once a family and service. */
export function sayOtherFamilies(services: readonly LabelledService[], find: Find): void {
  for (const service of services) {
    const said = new Set<string>();
    for (const { key, path } of service.labels) {
      const found = familyOf(key.toLowerCase());
      if (found === undefined || said.has(found.family)) continue;
      said.add(found.family);
      find({ code: 'CMP1440', path, params: { service: service.name, ...found } });
    }
  }
}

function familyOf(key: string): { readonly family: string; readonly proxy: string } | undefined {
  for (const [prefix, proxy] of FAMILIES) {
    const isOf = prefix.endsWith('.')
      ? key.startsWith(prefix)
      : /^[._]|^$/.test(key.slice(prefix.length)) && key.startsWith(prefix);
    if (isOf) return { family: `${prefix.replace(/\.$/, '')}.*`, proxy };
  }
  return undefined;
}
