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
  ['Ingress'],
  ['APIService'],
];
const WEBHOOKS = new Set(['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']);

const RANKS = new Map(ORDER.flatMap((kinds, rank) => kinds.map((kind): [string, number] => [kind, rank])));

/** Lower ranks are applied first. Unknown kinds come after all known ones, webhooks last of all. */
export function applyRank(kind: string): number {
  return WEBHOOKS.has(kind) ? ORDER.length + 1 : (RANKS.get(kind) ?? ORDER.length);
}

/** Orders by rank, then by name, so that the same set always gives the same order. */
export function compareForApply(a: ObjectId, b: ObjectId): number {
  const byRank = applyRank(a.kind) - applyRank(b.kind);
  if (byRank !== 0) return byRank;
  const [left, right] = [formatObjectId(a), formatObjectId(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
