import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import type { FakeCluster } from './fake-cluster.ts';

export const namespace = 'shop';

export function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

export function secret(name: string, stringData: Record<string, string>): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}

export function deployment(name: string, image = 'app:1', podSpec: Record<string, unknown> = {}): KubeObject {
  const spec = {
    replicas: 1,
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image }], ...podSpec } },
  };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec } as KubeObject;
}

export function job(name: string, image = 'app:1'): KubeObject {
  const spec = { template: { spec: { containers: [{ name: 'main', image }] } } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace }, spec };
}

/** Writes what the deployment controller and a kubelet would: a ReplicaSet of the current revision and one pod. */
export function rollOut(
  workload: KubeObject,
  cluster: FakeCluster,
  podStatus: Record<string, unknown>,
  isReady: boolean,
): void {
  const { name, uid = '', generation = 1 } = workload.metadata;
  const revision = { 'deployment.kubernetes.io/revision': String(generation) };
  const owner = (kind: string, ownerName: string, ownerUid: string): object => ({
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name: ownerName, uid: ownerUid }],
  });
  const template = (workload['spec'] as { template?: { spec?: unknown } }).template;
  const replicaSet = cluster.set({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: `${name}-${generation}`, namespace, annotations: revision, ...owner('Deployment', name, uid) },
    spec: { template },
  } as KubeObject);
  cluster.set({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${generation}-pod`,
      namespace,
      ...owner('ReplicaSet', replicaSet.metadata.name, replicaSet.metadata.uid ?? ''),
    },
    spec: template?.spec,
    status: podStatus,
  } as KubeObject);
  const available = isReady ? 1 : 0;
  const status = {
    observedGeneration: generation,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: available,
    availableReplicas: available,
  };
  const { metadata } = workload;
  const annotations = { ...metadata.annotations, ...revision };
  cluster.set({ ...workload, metadata: { ...metadata, annotations }, status } as KubeObject);
}

export const RUNNING = {
  phase: 'Running',
  containerStatuses: [{ name: 'main', ready: true, restartCount: 0, state: { running: {} } }],
};

/** Every Deployment becomes ready at once. */
export function healthy(object: KubeObject, cluster: FakeCluster): void {
  if (object.kind === 'Deployment') rollOut(object, cluster, RUNNING, true);
}

export function podOf(cluster: FakeCluster, workload: KubeObject): KubeObject | undefined {
  const { name } = objectId(workload);
  return [...cluster.objects.values()].findLast(
    ({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(`${name}-`),
  );
}
