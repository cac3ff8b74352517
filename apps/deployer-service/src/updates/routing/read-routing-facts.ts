import type { ClusterRoutingData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { asksForLabels, readClass, readGateway } from './read-gateway.ts';
import { RouteReader } from './route-reader.ts';
import { STREAM_KINDS, type RoutingFacts } from './routing-facts.ts';

export const GATEWAY_API = { group: 'gateway.networking.k8s.io', version: 'v1' } as const;

const GATEWAYS_MAX = 500;
const CLASSES_MAX = 100;

/** What the cluster has that takes requests to a namespace from outside. It throws nothing that a cluster says. */
export async function readRoutingFacts(
  cluster: KubernetesTransport,
  settings: ClusterRoutingData,
  namespace: string,
): Promise<RoutingFacts> {
  const reader = new RouteReader(cluster);
  const [classes, { kinds, gateways, labels }] = await Promise.all([
    settings.gateway === null ? readClasses(reader) : undefined,
    readGateways(reader, settings, namespace),
  ]);
  return {
    classes,
    servesGateways: kinds?.has('Gateway'),
    streamKinds: STREAM_KINDS.filter((kind) => kinds?.has(kind)),
    servesListenerSets: kinds?.has('ListenerSet') ?? false,
    gateways: gateways?.map((each) => readGateway(each, { namespace, labels })),
    unseen: reader.unseen,
  };
}

function readClasses(reader: RouteReader): Promise<RoutingFacts['classes']> {
  const target = { group: 'networking.k8s.io', version: 'v1', kind: 'IngressClass' };
  return reader.see('IngressClasses', async () => {
    const { items } = await reader.cluster.listAs(target, readClass, { ...reader.call, itemsMax: CLASSES_MAX });
    return items;
  });
}

interface SeenGateways {
  readonly kinds: ReadonlySet<string> | undefined;
  readonly gateways: readonly KubeObject[] | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

async function readGateways(
  reader: RouteReader,
  { gateway: named, ingress_class: className }: ClusterRoutingData,
  namespace: string,
): Promise<SeenGateways> {
  const { cluster, call } = reader;
  const kinds = await reader.see('the kinds of the Gateway API', () => cluster.kindsOf(GATEWAY_API, call));
  if (kinds?.has('Gateway') !== true) return { kinds, gateways: kinds === undefined ? undefined : [], labels: {} };
  // Where a class is named no Gateway is chosen.
  if (named === null && className !== null) return { kinds, gateways: [], labels: {} };
  const id = { ...GATEWAY_API, kind: 'Gateway' };
  const gateways =
    named === null
      ? await reader.see('Gateways', async () => (await cluster.list(id, { ...call, itemsMax: GATEWAYS_MAX })).items)
      : await reader.see(`Gateway ${named.namespace}/${named.name}`, async () => {
          const found = await cluster.get({ ...id, ...named }, call);
          return found === undefined ? [] : [found];
        });
  if (gateways?.some(asksForLabels) !== true) return { kinds, gateways, labels: {} };
  const home = await reader.see(`the labels of namespace ${namespace}`, () =>
    cluster.get({ group: '', version: 'v1', kind: 'Namespace', name: namespace }, call),
  );
  return { kinds, gateways, labels: home?.metadata.labels ?? {} };
}
