import type { ObjectId } from './object-id.ts';
import { formatObjectId } from './object-id.ts';

/** Kinds in the order in which they are created; deletion is the mirror. Each row is one rank. */
const ORDER: readonly (readonly string[])[] = [
  ['CustomResourceDefinition'],
  ['Namespace'],
  ['StorageClass', 'IngressClass', 'PriorityClass'],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy'],
  ['ServiceAccount', 'Role', 'ClusterRole'],
  ['RoleBinding', 'ClusterRoleBinding'],
  ['Secret', 'ConfigMap'],
  ['PersistentVolume', 'PersistentVolumeClaim'],
  ['Service'],
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'],
  ['HorizontalPodAutoscaler', 'PodDisruptionBudget'],
  ['Ingress', 'ListenerSet'],
  ['HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'],
  ['APIService'],
];
const WEBHOOKS = new Set(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);

const RANKS = new Map(ORDER.flatMap((kinds, rank) => kinds.map((kind): [string, number] => [kind, rank])));

/** Lower ranks are applied first. Unknown kinds come after all known ones, webhooks last of all. */
export function applyRank(kind: string): number {
  return WEBHOOKS.has(kind) ? ORDER.length + 1 : (RANKS.get(kind) ?? ORDER.length);
}

/** The items by rank, then by name, so that the same set always gives the same order. */
export function inApplyOrder<T>(items: readonly T[], idOf: (item: T) => ObjectId): readonly T[] {
  return items
    .map((item) => ({ item, place: placeOf(idOf(item)) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ item }) => item);
}

interface Place {
  readonly rank: number;
  readonly name: string;
}

function placeOf(id: ObjectId): Place {
  return { rank: applyRank(id.kind), name: formatObjectId(id) };
}

function comparePlaces(a: Place, b: Place): number {
  return a.rank - b.rank || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
