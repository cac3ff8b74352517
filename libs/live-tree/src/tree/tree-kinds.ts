import type { ListTarget } from '@ushadow/kubernetes';

/** A kind that the tree is made of. */
export interface TreeKind extends Pick<ListTarget, 'group' | 'version' | 'kind' | 'labelSelector'> {
  /** It belongs to what is of a lesser level alone, so that nothing belongs to itself, whatever its references say. */
  readonly level: number;
  /** Its absence is told where it is wanted. */
  readonly isWorkload?: true;
}

/** On what the compiler writes. */
const OURS = { labelSelector: 'app.kubernetes.io/managed-by=ushadow' } as const;
/** On what controllers make of pod templates: those bear the selector’s labels, as do many of other tools. Jobs of a CronJob bear none. */
const OF_TEMPLATES = { labelSelector: 'app.kubernetes.io/name,app.kubernetes.io/instance' } as const;

export const TREE_KINDS: readonly TreeKind[] = [
  { group: 'apps', version: 'v1', kind: 'Deployment', level: 1, isWorkload: true, ...OURS },
  { group: 'apps', version: 'v1', kind: 'StatefulSet', level: 1, isWorkload: true, ...OURS },
  { group: 'apps', version: 'v1', kind: 'DaemonSet', level: 1, isWorkload: true, ...OURS },
  { group: 'batch', version: 'v1', kind: 'CronJob', level: 1, isWorkload: true, ...OURS },
  { group: 'batch', version: 'v1', kind: 'Job', level: 2, isWorkload: true },
  { group: 'apps', version: 'v1', kind: 'ReplicaSet', level: 2, ...OF_TEMPLATES },
  { group: '', version: 'v1', kind: 'Pod', level: 3, ...OF_TEMPLATES },
  { group: '', version: 'v1', kind: 'PersistentVolumeClaim', level: 4 },
  { group: '', version: 'v1', kind: 'Service', level: 1, ...OURS },
  { group: 'discovery.k8s.io', version: 'v1', kind: 'EndpointSlice', level: 5, ...OURS },
  { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress', level: 1, ...OURS },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'HTTPRoute', level: 1, ...OURS },
  { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler', level: 1, ...OURS },
];

/** Events bear no labels, and there are many: they are asked for in the namespaces somebody looks at. */
export const EVENT_KIND: TreeKind = { group: '', version: 'v1', kind: 'Event', level: 6 };

const BY_KIND = new Map([...TREE_KINDS, EVENT_KIND].map((each) => [each.kind, each]));

export function treeKind(kind: string): TreeKind | undefined {
  return BY_KIND.get(kind);
}
