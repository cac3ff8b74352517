import type { LabelledService } from '../labelled-service.ts';
import type { DockerProxy } from '../proxies/docker-proxies.ts';
import type { Find } from '../proxy-reading.ts';
import type { ProxyRoute } from '../proxy-route.ts';
import type { StreamRoute } from '../stream-route.ts';
import type { Definition } from './definitions.ts';
import { Definitions, contentOf } from './definitions.ts';
import { gather } from './gather.ts';
import type { LabelNode } from './label-node.ts';
import { childrenOf, within } from './label-node.ts';
import { Middlewares } from './middlewares.ts';
import { proxySettings } from './proxy-settings.ts';
import { readStreams, type Labelled } from './read-streams.ts';
import { RouterReader } from './routers.ts';
import { withRedirects } from './with-redirects.ts';

export interface TraefikReading {
  readonly routes: readonly ProxyRoute[];
  readonly streams: readonly StreamRoute[];
}

/** The routes that Traefik would read from labels. */
export function readTraefik(
  services: readonly LabelledService[],
  proxies: readonly DockerProxy[],
  find: Find,
): TraefikReading {
  const traefiks = proxies.filter(({ kind }) => kind === 'traefik').map(({ service }) => service);
  const settings = proxySettings(traefiks, find);
  const found = {
    routers: new Definitions('router'),
    services: new Definitions('service'),
    middlewares: new Definitions('middleware'),
  };
  const routers: Definition[] = [];
  const labelledServices: Labelled[] = [];
  const servicesOf = new Map<string, readonly Definition[]>();
  for (const owner of services) {
    const tree = gather(owner, settings, find);
    if (tree === undefined) continue;
    labelledServices.push({ owner, tree });
    const defined = (kind: string): readonly Definition[] =>
      childrenOf(within(tree, 'http', kind)).map((node) => ({ owner, node }));
    const own = defined('services');
    servicesOf.set(owner.name, own);
    const names = own.map(({ node }) => node.name);
    const linked = defined('routers').filter((router) => isLinked(router, names, find));
    for (const router of linked) {
      routers.push(router);
      found.routers.add(router);
    }
    for (const service of own) found.services.add(service);
    for (const middleware of defined('middlewares')) found.middlewares.add(middleware);
    if (within(tree, 'http', 'routers') === undefined) sayNoRouter(owner, tree, find);
  }
  found.routers.settle(({ owner, node }) => `${contentOf(node)} ${servedBy(node, owner, servicesOf)}`, find);
  found.services.settle(({ owner, node }) => `${contentOf(node)} ${owner.name}`, find);
  found.middlewares.settle(({ node }) => contentOf(node), find);
  const reader = new RouterReader({
    services: found.services,
    servicesOf,
    middlewares: new Middlewares(found.middlewares, find),
    settings,
    proxies: new Set(proxies.map(({ service }) => service.name)),
    find,
  });
  const kept = routers.filter((router) => found.routers.get(router.node.name) === router);
  const routes = kept.flatMap((router) => reader.read(router));
  return {
    routes: withRedirects(routes, settings, new Set(traefiks.map(({ name }) => name))),
    streams: readStreams(labelledServices, settings, find),
  };
}

/** Without a name a router leads to the only service of its container, or to the container itself. */
function isLinked({ owner, node }: Definition, services: readonly string[], find: Find): boolean {
  if (services.length < 2 || written(node) !== '') return true;
  const params = { service: owner.name, router: node.name, services };
  find({ code: 'CMP1404', path: node.first.path, params });
  return false;
}

function servedBy(
  router: LabelNode,
  owner: LabelledService,
  servicesOf: ReadonlyMap<string, readonly Definition[]>,
): string {
  return written(router) || (servicesOf.get(owner.name)?.[0]?.node.name ?? `of ${owner.name}`);
}

function written(router: LabelNode): string {
  return within(router, 'service')?.value ?? '';
}

/** Traefik makes a router of its own for a service that it is told of. */
function sayNoRouter(owner: LabelledService, tree: LabelNode, find: Find): void {
  const said = within(tree, 'http', 'services') ?? within(tree, 'enable');
  const isOfAnother = within(tree, 'tcp') !== undefined || within(tree, 'udp') !== undefined;
  if (said === undefined || isOfAnother) return;
  find({ code: 'CMP1403', path: said.first.path, params: { service: owner.name, router: owner.name } });
}
