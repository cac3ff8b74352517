import type { KubeObject } from '@ushadow/kubernetes';
import { listAt, objectId, objectKey, routeParents, textAt, valueAt } from '@ushadow/kubernetes';
import type { ClusterRoutingData } from '@ushadow/contracts';
import type { FormerGateway } from './choose-route-target.ts';

type Issuer = NonNullable<ClusterRoutingData['issuer']>;

/** A way in from outside, by whomever it was made. */
export interface RouteFact {
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly hosts: readonly string[];
}

/** The Gateway that the first of these routes holds on to, itself or by a ListenerSet. */
export function formerGateway(objects: readonly KubeObject[]): FormerGateway | undefined {
  const sets = objects.filter(({ kind }) => kind === 'ListenerSet');
  const [first] = [
    ...objects
      .filter(({ kind }) => kind === 'HTTPRoute')
      .flatMap((route) => routeParents(route).filter(({ kind }) => kind === 'Gateway')),
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

export function isRoute({ kind }: KubeObject): boolean {
  return kind === 'Ingress' || kind === 'HTTPRoute';
}

export function readRoute(object: KubeObject): RouteFact {
  const { name, namespace = '' } = object.metadata;
  const hostnames = valueAt(object, ['spec', 'hostnames']);
  const named =
    object.kind === 'Ingress'
      ? listAt(object, ['spec', 'rules']).map((rule) => textAt(rule, ['host']))
      : (Array.isArray(hostnames) ? hostnames : []).filter((host) => typeof host === 'string');
  const hosts = [...new Set(named)].filter((host) => host !== '');
  return { key: objectKey(objectId(object)), kind: object.kind, namespace, name, hosts };
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
