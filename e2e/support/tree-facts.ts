import type { TreeNodeData } from '@ushadow/contracts';

/** What `kubectl get -o json` says, as far as it is read here. */
interface Told {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[];
  };
  readonly spec?: {
    readonly replicas?: number;
    readonly nodeName?: string;
    readonly containers?: readonly { readonly name: string; readonly image: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly replicas?: number;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly ready: boolean;
      readonly restartCount: number;
      readonly state: object;
    }[];
  };
}

/** What a tree says of an object, in the words of kubectl. */
type Fact = Readonly<Record<string, string | number | null>>;

const WORKLOADS = ['Deployment', 'StatefulSet'];

/** Of workloads, replica sets, pods and containers of a stack, read off plainly, without any code of the product. */
export function factsByKubectl(items: readonly object[], stackId: string): Fact[] {
  const told = items as readonly Told[];
  const byUid = new Map(told.map((each) => [each.metadata.uid, each]));
  const above = ({ metadata: { ownerReferences = [] } }: Told): Told | undefined =>
    byUid.get(ownerReferences.find(({ controller }) => controller === true)?.uid ?? '');
  const isOurs = (each: Told): boolean => {
    const { ownerReferences = [], annotations = {} } = each.metadata;
    if (ownerReferences.length === 0) return (annotations['ushadow.io/owner'] ?? '').includes(`"stack":"${stackId}"`);
    const owner = above(each);
    return owner !== undefined && isOurs(owner);
  };
  const ours = told.filter(isOurs);
  const pods = ours.filter(({ kind }) => kind === 'Pod');
  const below = (owner: Told): number =>
    pods.filter((pod) => above(pod) === owner || above(above(pod) ?? pod) === owner).length;
  return sorted([
    ...ours
      .filter(({ kind }) => WORKLOADS.includes(kind))
      .map((each) => ({ id: idOf(each), wanted: each.spec?.replicas ?? 1, pods: below(each) })),
    ...ours
      .filter(({ kind }) => kind === 'ReplicaSet')
      .filter((each) => (each.spec?.replicas ?? 1) + (each.status?.replicas ?? 0) + below(each) > 0)
      .map((each) => ({
        ...{ id: idOf(each), parent: idOf(above(each)) },
        ...{ wanted: each.spec?.replicas ?? 1, pods: below(each) },
      })),
    ...pods.flatMap((pod) => podFacts(pod, idOf(above(pod)))),
  ]);
}

function podFacts(pod: Told, parent: string): Fact[] {
  const { containerStatuses = [], phase = 'Unknown', podIP: ip = null } = pod.status ?? {};
  const { containers = [], nodeName: node = null } = pod.spec ?? {};
  return [
    {
      ...{ id: idOf(pod), parent, phase, node, ip },
      containers: containers.length,
      containers_ready: containerStatuses.filter(({ ready }) => ready).length,
      restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    },
    ...containers.map(({ name, image }) => ({
      ...{ id: `${idOf(pod)}#${name}`, image },
      state:
        Object.keys(containerStatuses.find((each) => each.name === name)?.state ?? { unknown: {} })[0] ?? 'unknown',
    })),
  ];
}

/** The same of a tree. */
export function factsOfTree(nodes: readonly TreeNodeData[]): Fact[] {
  return sorted(
    nodes.flatMap((node): Fact[] => {
      const { id } = node;
      switch (node.type) {
        case 'workload':
          return WORKLOADS.includes(node.kind) ? [{ id, wanted: node.wanted, pods: node.pods }] : [];
        case 'replica-set':
          return [{ id, parent: node.parent, wanted: node.wanted, pods: node.pods }];
        case 'pod': {
          const { parent, phase, node: machine, ip, containers, containers_ready, restarts } = node;
          return [{ id, parent, phase, node: machine, ip, containers, containers_ready, restarts }];
        }
        case 'container':
          return ['main', 'sidecar'].includes(node.role) ? [{ id, image: node.image, state: node.state }] : [];
        default:
          return [];
      }
    }),
  );
}

function idOf(object: Told | undefined): string {
  return object === undefined ? '' : `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`;
}

function sorted(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((one, other) => (String(one['id']) < String(other['id']) ? -1 : 1));
}
