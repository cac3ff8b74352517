import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isGatewayRoute, listAt, objectId, objectKey, routeParents, textAt, valueAt } from '@ushadow/kubernetes';
import type { ClusterRoutingData } from '@ushadow/contracts';
import type { FormerGateway } from './choose-route-target.ts';

type Issuer = NonNullable<ClusterRoutingData['issuer']>;

/** A way in from outside, by whomever it was made. */
export interface RouteFact {
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Those with a host. */
  readonly addresses: readonly RouteAddress[];
}

/** What one rule takes. */
export interface RouteAddress {
  readonly host: string;
  readonly path: string;
  /** Equal where the same requests are meant: host, path and whatever else is asked of them. */
  readonly key: string;
}

/** The Gateway that the first of these routes holds on to, itself or by a ListenerSet. */
export function formerGateway(objects: readonly KubeObject[]): FormerGateway | undefined {
  const sets = objects.filter(({ kind }) => kind === 'ListenerSet');
  const [first] = [
    ...objects.filter(isGatewayRoute).flatMap((route) => routeParents(route).filter(({ kind }) => kind === 'Gateway')),
    ...sets.map((set) => ({
      namespace: textAt(set, ['spec', 'parentRef', 'namespace']),
      name: textAt(set, ['spec', 'parentRef', 'name']),
    })),
  ];
  return first === undefined
    ? undefined
    : { namespace: first.namespace, name: first.name, listenerSets: sets.length > 0 };
}

const ISSUER_ANNOTATIONS = [
  ['ClusterIssuer', 'cert-manager.io/cluster-issuer'],
  ['Issuer', 'cert-manager.io/issuer'],
] as const;

export function isRoute(object: KubeObject): boolean {
  return object.kind === 'Ingress' || isGatewayRoute(object);
}

export function readRoute(object: KubeObject): RouteFact {
  const { name, namespace = '' } = object.metadata;
  const all = object.kind === 'Ingress' ? addressesOfIngress(object) : addressesOfRoute(object);
  const addresses = [...new Map(all.filter(({ host }) => host !== '').map((each) => [each.key, each])).values()];
  return { key: objectKey(objectId(object)), kind: object.kind, namespace, name, addresses };
}

function addressesOfIngress(ingress: KubeObject): readonly RouteAddress[] {
  return listAt(ingress, ['spec', 'rules']).flatMap((rule) => {
    const paths = listAt(rule, ['http', 'paths']);
    const host = textAt(rule, ['host']);
    if (paths.length === 0) return [addressOf(host, 'Prefix', '/')];
    return paths.map((path) => addressOf(host, textAt(path, ['pathType']), textAt(path, ['path'])));
  });
}

function addressesOfRoute(route: KubeObject): readonly RouteAddress[] {
  const hostnames = valueAt(route, ['spec', 'hostnames']);
  const hosts = (Array.isArray(hostnames) ? hostnames : []).filter((host) => typeof host === 'string');
  const rules = listAt(route, ['spec', 'rules']);
  const matches = rules.flatMap((rule): readonly JsonObject[] => {
    const own = listAt(rule, ['matches']);
    return own.length === 0 ? [{}] : own;
  });
  return hosts.flatMap((host) =>
    (matches.length === 0 ? [{}] : matches).map(({ path, ...others }: JsonObject) =>
      addressOf(host, textAt(path, ['type']), textAt(path, ['value']), others),
    ),
  );
}

function addressOf(host: string, type: string, value: string, others: JsonObject = {}): RouteAddress {
  const path = value === '' ? '/' : value;
  const kind = type === 'Exact' || type === 'RegularExpression' ? type : 'Prefix';
  const asked = kind === 'Prefix' && path !== '/' ? path.replace(/\/+$/, '') : path;
  return { host, path, key: JSON.stringify([host, kind, asked, others]) };
}

/** Who is to issue the certificates of these objects; cert-manager reads them from Ingresses and ListenerSets. */
export function issuersOf(objects: readonly KubeObject[]): Issuer[] {
  const found = objects.flatMap(({ metadata }) =>
    ISSUER_ANNOTATIONS.flatMap(([kind, annotation]): Issuer[] => {
      const name = metadata.annotations?.[annotation];
      return name === undefined ? [] : [{ kind, name }];
    }),
  );
  return [...new Map(found.map((issuer) => [`${issuer.kind}/${issuer.name}`, issuer])).values()];
}
