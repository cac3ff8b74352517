import type { AddressData } from '@ushadow/contracts';
import {
  listAt,
  objectId,
  objectKey,
  routeParents,
  textAt,
  valueAt,
  type KubeObject,
  type RouteParent,
} from '@ushadow/kubernetes';
import type { StackContent } from '../content/stack-content.ts';
import type { LiveObjects } from './live-objects.ts';

interface ServiceSpec {
  readonly type?: string;
  readonly ports?: readonly {
    readonly port?: number;
    readonly protocol?: string;
    readonly nodePort?: number;
    readonly targetPort?: number | string;
  }[];
}
interface Balanced {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
}
interface IngressSpec {
  readonly tls?: readonly unknown[];
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: { readonly paths?: readonly { readonly path?: string }[] };
  }[];
}

/** How each published port of a service is reached now; routes first. */
export function serviceAddresses(service: string, content: StackContent, live: LiveObjects): AddressData[] {
  const own = content.objects
    .filter(({ services }) => services.includes(service))
    .map(({ object }) => live.byKey.get(objectKey(objectId(object))) ?? object);
  const routes = own.flatMap((object) => routeAddresses(object, live.gateways));
  const published = content.services[service]?.published ?? [];
  const ports = published.filter((each) => each.published !== null && each.protocol === 'tcp');
  const outward = own.filter(({ kind }) => kind === 'Service');
  const direct = ports.flatMap(({ port, published: outside }) =>
    portAddress(port, outside ?? port, outward, content.services[service]?.objectName ?? service, live),
  );
  return [...routes, ...direct];
}

/** Where others in the cluster reach a service, by its name there. */
export function insideUrls(service: string, { objects, services }: StackContent): string[] {
  const name = services[service]?.objectName ?? service;
  return objects
    .map(({ object }) => object)
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.name === name)
    .flatMap(({ metadata, spec }) =>
      (((spec ?? {}) as ServiceSpec).ports ?? [])
        .filter(({ port, protocol = 'TCP' }) => port !== undefined && protocol === 'TCP')
        .map(({ port }) => `http://${name}.${metadata.namespace ?? ''}.svc.cluster.local:${String(port)}`),
    );
}

function routeAddresses(object: KubeObject, gateways: LiveObjects['gateways']): AddressData[] {
  if (object.kind === 'Ingress') {
    const spec = (object.spec ?? {}) as IngressSpec;
    const status = (object['status'] ?? {}) as Balanced;
    const given = status.loadBalancer?.ingress?.[0];
    const scheme = (spec.tls ?? []).length > 0 ? 'https' : 'http';
    return (spec.rules ?? []).flatMap(({ host, http }) => {
      const name = host ?? given?.hostname ?? given?.ip;
      const path = http?.paths?.[0]?.path ?? '/';
      const url = name === undefined ? null : `${scheme}://${name}${path === '/' ? '' : path}`;
      const ready = given !== undefined;
      const text = url ?? `Ingress ${object.metadata.name}`;
      return { via: 'ingress', url, text: ready ? text : `${text} (no address yet)`, port: null, ready } as const;
    });
  }
  return object.kind === 'HTTPRoute' ? gatewayAddresses(object, gateways) : [];
}

/** A route that only sends elsewhere is no address of its own. */
function gatewayAddresses(route: KubeObject, gateways: LiveObjects['gateways']): AddressData[] {
  const rules = listAt(route, ['spec', 'rules']);
  if (rules.every((rule) => listAt(rule, ['backendRefs']).length === 0)) return [];
  const parents = routeParents(route);
  const secure = parents.filter((parent) => isSecure(parent, gateways));
  const serving = secure.length > 0 ? secure : parents;
  const ready = serving.some(({ accepted }) => accepted?.status === 'True');
  const path = textAt(rules[0], ['matches', 0, 'path', 'value']);
  const hosts = valueAt(route, ['spec', 'hostnames']);
  return (Array.isArray(hosts) ? hosts : []).map((host) => {
    const url = `${secure.length > 0 ? 'https' : 'http'}://${String(host)}${path === '/' ? '' : path}`;
    const text = ready ? url : `${url} (no gateway has taken it yet)`;
    return { via: 'route', url, text, port: null, ready } as const;
  });
}

function isSecure({ kind, namespace, name, section }: RouteParent, gateways: LiveObjects['gateways']): boolean {
  if (kind === 'ListenerSet') return true;
  const gateway = gateways.get(`${namespace}/${name}`);
  // Where the Gateway may not be seen: a route that serves holds on to a listener by name for its TLS alone.
  if (gateway === undefined) return section !== '';
  return listAt(gateway, ['spec', 'listeners']).some(
    (listener) => textAt(listener, ['name']) === section && textAt(listener, ['protocol']) === 'HTTPS',
  );
}

function portAddress(
  port: number,
  published: number,
  services: readonly KubeObject[],
  name: string,
  { nodeAddresses }: LiveObjects,
): AddressData[] {
  const of = (type: string) => services.find(({ spec }) => ((spec ?? {}) as ServiceSpec).type === type);
  const [balanced, onNode, [service]] = [of('LoadBalancer'), of('NodePort'), services];
  if (balanced !== undefined) return [balancedAddress(balanced, published, portOf(balanced, published, port)?.port)];
  if (onNode !== undefined) return [nodeAddress(published, portOf(onNode, published, port)?.nodePort, nodeAddresses)];
  const inside = service === undefined ? undefined : portOf(service, published, port)?.port;
  return [forwardAddress(service?.metadata ?? { name }, published, inside ?? port)];
}

function balancedAddress(balanced: KubeObject, published: number, port = published): AddressData {
  const given = ((balanced['status'] ?? {}) as Balanced).loadBalancer?.ingress?.[0];
  const host = given?.hostname ?? given?.ip;
  const url = host === undefined ? null : `http://${host}:${String(port)}`;
  const text = url ?? `LoadBalancer ${balanced.metadata.name}, port ${String(port)} (no address yet)`;
  return { via: 'load-balancer', url, text, port: published, ready: url !== null };
}

function nodeAddress(published: number, nodePort: number | undefined, [node]: readonly string[]): AddressData {
  const url = node === undefined || nodePort === undefined ? null : `http://${node}:${String(nodePort)}`;
  const text = url ?? `port ${String(nodePort ?? '?')} of any node`;
  return { via: 'node-port', url, text, port: published, ready: nodePort !== undefined };
}

function forwardAddress({ name, namespace }: KubeObject['metadata'], published: number, inside: number): AddressData {
  const at = namespace === undefined ? '' : `-n ${namespace} `;
  const text = `kubectl ${at}port-forward service/${name} ${String(published)}:${String(inside)}`;
  return { via: 'port-forward', url: null, text, port: published, ready: true };
}

function portOf({ spec }: KubeObject, published: number, port: number) {
  const { ports = [] } = (spec ?? {}) as ServiceSpec;
  return (
    ports.find((each) => each.port === published) ??
    ports.find((each) => each.targetPort === port) ??
    ports.find((each) => each.port === port) ??
    ports[0]
  );
}
