import {
  isGatewayRoute,
  KubernetesApiError,
  objectId,
  objectKey,
  routeParents,
  type KubeObject,
  type ObjectId,
} from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { StackContent } from '../content/stack-content.ts';

/** What of a stack is in its cluster, by key, with the pods of its services. */
export interface LiveObjects {
  readonly byKey: ReadonlyMap<string, KubeObject>;
  readonly pods: readonly KubeObject[];
  readonly claims: readonly KubeObject[];
  /** Addresses of nodes, where they may be seen. */
  readonly nodeAddresses: readonly string[];
  /** Gateways that routes hold on to, by namespace and name, where they may be seen. */
  readonly gateways: ReadonlyMap<string, KubeObject>;
}

/** Kinds that say how a service is and how it is reached. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HTTPRoute',
  'Ingress',
  'Job',
  'Service',
  'StatefulSet',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
]);

const MANAGED = { labelSelector: 'app.kubernetes.io/managed-by=ushadow' } as const;

/** One list a kind, all at once. What may not be listed counts as not seen; it throws when nothing can be asked. */
export async function readLiveObjects(
  content: StackContent,
  namespace: string,
  cluster: KubernetesTransport,
  signal: AbortSignal,
): Promise<LiveObjects> {
  const wanted = content.objects.map(({ object }) => objectId(object)).filter(({ kind }) => LOOKED_AT.has(kind));
  const kinds = new Map(wanted.map((id) => [`${id.group}/${id.kind}`, id]));
  const names = Object.values(content.services).map(({ objectName }) => objectName);
  const list = (id: Pick<ObjectId, 'group' | 'version' | 'kind'>, selector: object): Promise<readonly KubeObject[]> =>
    listOrNothing(() => cluster.list({ ...id, namespace, ...selector }, { signal }));
  const core = { group: '', version: 'v1' } as const;
  const onNodes = content.objects.some(
    ({ object }) => (object.spec as { type?: unknown } | undefined)?.type === 'NodePort',
  );
  const [lists, pods, claims, nodes, gateways] = await Promise.all([
    Promise.all([...kinds.values()].map(({ group, version, kind }) => list({ group, version, kind }, MANAGED))),
    names.length === 0
      ? []
      : list({ ...core, kind: 'Pod' }, { labelSelector: `app.kubernetes.io/name in (${names.join(',')})` }),
    list({ ...core, kind: 'PersistentVolumeClaim' }, {}),
    onNodes ? listOrNothing(() => cluster.list({ ...core, kind: 'Node' }, { signal })) : [],
    readGateways(content, cluster, signal),
  ]);
  const kindsInOrder = [...kinds.values()];
  const found = lists.flatMap((items, index) => {
    const { group, version, kind } = kindsInOrder[index] ?? { group: '', version: 'v1', kind: '' };
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return items.map((item) => ({ ...item, apiVersion, kind }));
  });
  return {
    byKey: new Map(found.map((object) => [objectKey(objectId(object)), object])),
    pods,
    claims,
    nodeAddresses: nodes.flatMap(addressesOfNode),
    gateways,
  };
}

const GATEWAYS_MAX = 10;

/** They say which of their listeners are HTTPS. */
async function readGateways(
  content: StackContent,
  cluster: KubernetesTransport,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, KubeObject>> {
  const parents = content.objects.flatMap(({ object }) => (isGatewayRoute(object) ? routeParents(object) : []));
  const places = new Map(
    parents
      .filter(({ kind }) => kind === 'Gateway')
      .map(({ namespace, name }) => [`${namespace}/${name}`, { namespace, name }]),
  );
  const id = { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'Gateway' };
  const found = await Promise.all(
    [...places].slice(0, GATEWAYS_MAX).map(async ([key, place]): Promise<[string, KubeObject][]> => {
      const [gateway] = await listOrNothing(async () => {
        const live = await cluster.get({ ...id, ...place }, { signal });
        return { items: live === undefined ? [] : [live] };
      });
      return gateway === undefined ? [] : [[key, gateway]];
    }),
  );
  return new Map(found.flat());
}

async function listOrNothing(
  ask: () => Promise<{ readonly items: readonly KubeObject[] }>,
): Promise<readonly KubeObject[]> {
  try {
    return (await ask()).items;
  } catch (error) {
    if (error instanceof KubernetesApiError && (error.httpStatus === 403 || error.httpStatus === 404)) return [];
    throw error;
  }
}

function addressesOfNode(node: KubeObject): string[] {
  const { addresses = [] } = (node['status'] ?? {}) as { addresses?: readonly { type?: string; address?: string }[] };
  const of = (type: string) => addresses.filter((each) => each.type === type).flatMap(({ address }) => address ?? []);
  const external = of('ExternalIP');
  return external.length > 0 ? external : of('InternalIP');
}
