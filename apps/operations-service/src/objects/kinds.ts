import type { ObjectId } from '@ushadow/kubernetes';
import { TREE_KINDS } from '@ushadow/live-tree';

type KindId = Pick<ObjectId, 'group' | 'version' | 'kind'>;

/** What stacks have beside the kinds of the tree. */
const OTHERS: readonly KindId[] = [
  { group: '', version: 'v1', kind: 'ConfigMap' },
  { group: '', version: 'v1', kind: 'Secret' },
  { group: '', version: 'v1', kind: 'ServiceAccount' },
  { group: 'networking.k8s.io', version: 'v1', kind: 'NetworkPolicy' },
  { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'Role' },
  { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding' },
  { group: 'gateway.networking.k8s.io', version: 'v1', kind: 'ListenerSet' },
];
const KINDS = new Map<string, KindId>(
  [...TREE_KINDS, ...OTHERS].map(({ group, version, kind }) => [kind.toLowerCase(), { group, version, kind }]),
);
/** As people abbreviate them. */
const SHORT: Readonly<Record<string, string>> = {
  cj: 'cronjob',
  claim: 'persistentvolumeclaim',
  cm: 'configmap',
  deploy: 'deployment',
  ds: 'daemonset',
  hpa: 'horizontalpodautoscaler',
  ing: 'ingress',
  netpol: 'networkpolicy',
  pdb: 'poddisruptionbudget',
  po: 'pod',
  pvc: 'persistentvolumeclaim',
  route: 'httproute',
  rs: 'replicaset',
  sa: 'serviceaccount',
  sts: 'statefulset',
  svc: 'service',
};

/** A kind by its name, in whatever case, in the plural or abbreviated; undefined for kinds that stacks do not have. */
export function kindNamed(text: string): KindId | undefined {
  const name = text.toLowerCase();
  const singular = [name, name.replace(/s$/, ''), name.replace(/es$/, ''), name.replace(/ies$/, 'y')];
  for (const each of singular) {
    const found = KINDS.get(Object.hasOwn(SHORT, each) ? (SHORT[each] ?? each) : each);
    if (found !== undefined) return found;
  }
  return undefined;
}
