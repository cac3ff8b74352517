import type { LabelledService } from '../labelled-service.ts';
import type { Find } from '../proxy-reading.ts';
import type { StreamRoute } from '../stream-route.ts';
import type { LabelNode } from './label-node.ts';
import { childrenOf, within } from './label-node.ts';
import { providerOf } from './provider.ts';
import type { ProxySettings } from './proxy-settings.ts';
import { serverNamesOf } from './server-names.ts';
import { flagOf, listOf, portOf } from './values.ts';

/** A service whose labels Traefik takes. */
export interface Labelled {
  readonly owner: LabelledService;
  readonly tree: LabelNode;
}

/** The routers of TCP and UDP; what more than a port or a server name decides, is said. */
export function readStreams(
  labelled: readonly Labelled[],
  settings: ProxySettings,
  find: Find,
): readonly StreamRoute[] {
  return (['tcp', 'udp'] as const).flatMap((protocol) => {
    const servers = serversOf(labelled, protocol);
    return labelled.flatMap(({ owner, tree }) =>
      childrenOf(within(tree, protocol, 'routers')).flatMap((router): readonly StreamRoute[] => {
        const read = readRouter(router, { owner, protocol, servers, settings });
        if (typeof read !== 'string') return [read];
        const params = { service: owner.name, protocol: protocol.toUpperCase(), route: router.name, reason: read };
        find({ code: 'CMP1415', path: router.first.path, params });
        return [];
      }),
    );
  });
}

interface Server {
  readonly owner: LabelledService;
  readonly port: number | undefined;
}

/** By the names of Traefik's services; several of one name are nobody's. */
function serversOf(
  labelled: readonly Labelled[],
  protocol: StreamRoute['protocol'],
): ReadonlyMap<string, readonly Server[]> {
  const servers = new Map<string, readonly Server[]>();
  for (const { owner, tree } of labelled) {
    for (const node of childrenOf(within(tree, protocol, 'services'))) {
      const port = portOf(within(node, 'loadbalancer', 'server', 'port')?.value);
      servers.set(node.name, [...(servers.get(node.name) ?? []), { owner, port }]);
    }
  }
  return servers;
}

interface Context {
  readonly owner: LabelledService;
  readonly protocol: StreamRoute['protocol'];
  readonly servers: ReadonlyMap<string, readonly Server[]>;
  readonly settings: ProxySettings;
}

/** Why it is not carried over, where it is not. */
function readRouter(router: LabelNode, { owner, protocol, servers, settings }: Context): StreamRoute | string {
  const names = listOf(within(router, 'entrypoints'));
  if (names.length === 0) return 'it names no entry point';
  if (listOf(within(router, 'middlewares')).length > 0) return 'it has middlewares';
  const serverNames = protocol === 'udp' ? [] : namesOf(router);
  if (typeof serverNames === 'string') return serverNames;
  const server = serverOf(router, owner, servers);
  if (server === undefined) return 'it leads to a service that no label of the project defines once';
  return {
    name: router.name,
    service: server.owner.name,
    protocol,
    path: (within(router, 'rule') ?? router).first.path,
    serverNames,
    port: server.port,
    entryPoints: names.map((name) => ({ name, port: settings.entryPoints.get(name.toLowerCase())?.port })),
  };
}

function namesOf(router: LabelNode): readonly string[] | string {
  const names = serverNamesOf(within(router, 'rule')?.value ?? '');
  if (names === undefined) return 'its rule asks for more than server names';
  const tls = within(router, 'tls');
  const hasTls = tls !== undefined && flagOf(tls.value ?? 'true') !== false;
  const isHandedOn = flagOf(within(tls, 'passthrough')?.value) === true;
  if (hasTls && !isHandedOn) return 'the proxy ends its TLS';
  if (names.includes('*')) return hasTls ? 'it takes TLS of any name' : [];
  return hasTls ? names : 'without TLS there is no server name';
}

function serverOf(
  router: LabelNode,
  owner: LabelledService,
  servers: ReadonlyMap<string, readonly Server[]>,
): Server | undefined {
  const written = within(router, 'service')?.value ?? '';
  const { name, provider } = providerOf(written);
  const found = written === '' ? ownServers(owner, servers) : provider === 'other' ? [] : (servers.get(name) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

/** The only one that the container's labels define, or the container itself. */
function ownServers(owner: LabelledService, servers: ReadonlyMap<string, readonly Server[]>): readonly Server[] {
  const own = [...servers.values()].flat().filter((server) => server.owner === owner);
  return own.length === 0 ? [{ owner, port: undefined }] : own;
}
