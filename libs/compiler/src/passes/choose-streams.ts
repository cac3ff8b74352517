import type { GatewayListener, GatewayTarget, RouteTarget } from '../compile-input.ts';
import type { Design, DesignedService } from '../model/design.ts';
import type { AskedStream, Stream } from '../model/routes.ts';
import type { Port } from '../model/reach.ts';
import { giveNames } from '../names/give-names.ts';
import { routeName } from '../names/route-name.ts';
import { streamPort } from '../reach/published-ports.ts';
import { closest } from '../routes/listeners.ts';
import { routeEnds, type RouteEnd } from '../routes/route-ends.ts';
import { isRouteHost } from '../routes/sayable.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';

/** Which ways in for what is no HTTP a Gateway takes, and at which of its listeners; the others are said. */
export const chooseStreams: Pass<Design> = {
  name: 'choose-streams',
  run(design, context) {
    const names = giveNames(
      design.services.flatMap((designed) =>
        designed.askedStreams.map((stream) => ({
          key: keyOf(designed, stream),
          name: routeName(designed, stream.name),
        })),
      ),
    );
    const endOf = routeEnds(design);
    return mapServices(design, (designed) => ({
      ...designed,
      streams: designed.askedStreams.flatMap((stream) =>
        chosen(stream, endOf(designed), names.get(keyOf(designed, stream)) ?? designed.name, context),
      ),
    }));
  },
};

const keyOf = ({ service }: DesignedService, { protocol, name }: AskedStream): string =>
  `${service.name}/${protocol}/${name}`;

function chosen(
  stream: AskedStream,
  { designed, endpoint }: RouteEnd,
  objectName: string,
  { input, report }: PassContext,
): readonly Stream[] {
  const service = designed.service.name;
  const backend = streamPort(designed, stream);
  if (backend === undefined) {
    report('CMP1450', stream.path, { service, port: String(stream.port ?? '') });
    return [];
  }
  const refuse = (reason: string, remedy = PUBLISH): readonly Stream[] => {
    const params = { service, protocol: stream.protocol.toUpperCase(), route: stream.name, reason, remedy };
    report('CMP1472', stream.path, params);
    return [];
  };
  const kind = kindOf(stream);
  const strange = stream.serverNames.find((name) => !isRouteHost(name));
  if (strange !== undefined) return refuse(`"${strange}" is no name of a host`, 'Write the names one by one.');
  const target = gatewayFor(kind, input.target.routes);
  if (typeof target === 'string') return refuse(target);
  const found = listenersOf(stream, target);
  for (const missing of found.missing)
    refuse(`Gateway ${nameOf(target)} does not listen for it`, listenerText(missing, stream, backend));
  if (found.sections.length === 0) return [];
  return [{ ...stream, kind, endpoint, backend, objectName, sections: found.sections }];
}

const PUBLISH =
  'Publish the port, and open the service outward with a service type of LoadBalancer or NodePort; or use a Gateway that takes such routes.';

function kindOf({ protocol, serverNames }: AskedStream): Stream['kind'] {
  if (protocol === 'udp') return 'UDPRoute';
  return serverNames.length === 0 ? 'TCPRoute' : 'TLSRoute';
}

/** Why there is none, where there is none. */
function gatewayFor(kind: Stream['kind'], target: RouteTarget | undefined): GatewayTarget | string {
  if (target?.kind !== 'gateway') return 'an Ingress takes HTTP alone';
  return target.streamKinds?.includes(kind) === true ? target : `the cluster is not known to serve ${kind}s`;
}

type EntryPoint = AskedStream['entryPoints'][number];

const PROTOCOLS = { TCPRoute: 'TCP', TLSRoute: 'TLS', UDPRoute: 'UDP' } as const;

/** By the port of the entry point; where that is not known, by its name. */
function listenersOf(
  stream: AskedStream,
  { listeners = [] }: GatewayTarget,
): { readonly sections: readonly string[]; readonly missing: readonly EntryPoint[] } {
  const own = listeners.filter(({ protocol }) => protocol === PROTOCOLS[kindOf(stream)]);
  const found = stream.entryPoints.map((entryPoint) => ({ entryPoint, names: namesFor(entryPoint, stream, own) }));
  return {
    sections: [...new Set(found.flatMap(({ names }) => names))],
    missing: found.filter(({ names }) => names.length === 0).map(({ entryPoint }) => entryPoint),
  };
}

function namesFor(
  { name, port }: EntryPoint,
  { serverNames }: AskedStream,
  listeners: readonly GatewayListener[],
): readonly string[] {
  const here = listeners.filter((listener) =>
    port === undefined ? listener.name === name.toLowerCase() : listener.port === port,
  );
  if (serverNames.length === 0) return here.slice(0, 1).map((listener) => listener.name);
  return serverNames.flatMap((host) => closest(here, host)?.name ?? []);
}

function listenerText({ name, port }: EntryPoint, stream: AskedStream, backend: Port): string {
  return [
    'Add this listener to it:',
    `- name: ${name.toLowerCase()}`,
    `  port: ${port ?? backend.published ?? backend.port}`,
    `  protocol: ${PROTOCOLS[kindOf(stream)]}`,
    ...(stream.serverNames.length === 0 ? [] : ['  tls: {mode: Passthrough}']),
    '  allowedRoutes: {namespaces: {from: All}}',
  ].join('\n');
}

function nameOf({ namespace, name }: GatewayTarget): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
