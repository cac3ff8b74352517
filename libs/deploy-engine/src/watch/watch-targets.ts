import type { KubeObject, ListTarget } from '@ushadow/kubernetes';
import { builtInMapping, isJsonObject, objectId, parseApiVersion, valueAt, groupBy } from '@ushadow/kubernetes';

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Pod']);
/** Kinds whose status decides, beside the workloads. */
const STATEFUL_KINDS = new Set([
  'APIService',
  'CustomResourceDefinition',
  'HorizontalPodAutoscaler',
  'Ingress',
  'PersistentVolumeClaim',
]);

/** One watch per kind and namespace, narrowed to what all objects of the deployment have in common. */
export function watchTargets(objects: readonly KubeObject[]): ListTarget[] {
  const watched = objects.filter(isWatched);
  const targets = new Map<string, ListTarget>();
  const add = (target: ListTarget): void => {
    targets.set(`${target.group}/${target.kind}/${target.namespace ?? ''}`, target);
  };
  for (const [kind, group] of groupBy(watched, (object) => `${object.apiVersion} ${object.kind}`)) {
    for (const [namespace, members] of groupBy(group, ({ metadata }) => metadata.namespace)) {
      const [apiVersion = '', name = ''] = kind.split(' ');
      const labelSelector = commonLabels(members.map(({ metadata }) => metadata.labels));
      add({ ...parseApiVersion(apiVersion), kind: name, ...scope(namespace), ...labelSelector });
    }
  }
  const workloads = watched.filter(({ kind }) => WORKLOADS.has(kind));
  for (const [namespace, members] of groupBy(workloads, ({ metadata }) => metadata.namespace)) {
    const labels = commonLabels(members.map(podLabels));
    add({ group: '', version: 'v1', kind: 'Pod', ...scope(namespace), ...labels });
    add({ group: '', version: 'v1', kind: 'Event', ...scope(namespace) });
    if (members.some(({ kind }) => kind === 'Deployment')) {
      add({ group: 'apps', version: 'v1', kind: 'ReplicaSet', ...scope(namespace), ...labels });
    }
  }
  return [...targets.values()];
}

/** True for kinds that bring pods. */
export function isWorkload(kind: string): boolean {
  return WORKLOADS.has(kind);
}

/** True for kinds that become ready after the write, not by it. Kinds we do not know may. */
export function isWatched(object: KubeObject): boolean {
  if (WORKLOADS.has(object.kind) || STATEFUL_KINDS.has(object.kind)) return true;
  if (builtInMapping(objectId(object)) === undefined) return true;
  return object.kind === 'Service' && valueAt(object, ['spec', 'type']) === 'LoadBalancer';
}

function scope(namespace: string | undefined): { namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

function podLabels(workload: KubeObject): Readonly<Record<string, string>> | undefined {
  if (workload.kind === 'Pod') return workload.metadata.labels;
  const labels = valueAt(workload, ['spec', 'template', 'metadata', 'labels']);
  return isJsonObject(labels) ? (labels as Readonly<Record<string, string>>) : undefined;
}

/** Labels with equal values on all; none: no selector. */
export function commonLabels(all: readonly (Readonly<Record<string, string>> | undefined)[]): {
  labelSelector?: string;
} {
  const [first = {}, ...rest] = all;
  const common = Object.entries(first).filter(([key, value]) => rest.every((labels) => labels?.[key] === value));
  if (common.length === 0) return {};
  return {
    labelSelector: common
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(','),
  };
}
