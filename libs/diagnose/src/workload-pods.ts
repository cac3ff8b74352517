import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, isJsonObject, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { ClusterView } from './cluster-view.ts';

const TEMPLATE_HASH = 'pod-template-hash';
const DAEMON_GENERATION = 'deprecated.daemonset.template.generation';

/**
 * The pods by which a workload is judged: those of the revision its controller has made of the last change. Pods of
 * older revisions must not fail a good deployment.
 */
export function podsToJudge(workload: KubeObject, view: ClusterView): KubeObject[] {
  if (numberAt(workload, ['status', 'observedGeneration']) < (workload.metadata.generation ?? 0)) {
    if (workload.kind !== 'Job' && workload.kind !== 'Pod') return [];
  }
  return (FINDERS[workload.kind]?.(workload, view) ?? []).filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
}

/**
 * The ReplicaSet that has the Deployment's template, as its controller finds it. The annotations with the revision do not
 * say: where a former ReplicaSet is taken up again, the Deployment counts as observed before it bears the new number.
 */
export function currentReplicaSet(deployment: KubeObject, view: ClusterView): KubeObject | undefined {
  if (deployment.kind !== 'Deployment') return undefined;
  const wanted = templateOf(deployment);
  return view.ownedBy(deployment, 'ReplicaSet').find((set) => templateOf(set) === wanted);
}

/** The pod template as text, without the label that the controller adds to it. */
function templateOf(workload: KubeObject): string {
  const template = objectAt(workload, ['spec', 'template']);
  const metadata = objectAt(template, ['metadata']);
  const { [TEMPLATE_HASH]: _hash, ...labels } = objectAt(metadata, ['labels']);
  return canonicalJson({ ...template, metadata: { ...metadata, labels } });
}

function objectAt(value: unknown, path: readonly string[]): JsonObject {
  const found = valueAt(value, path);
  return isJsonObject(found) ? found : {};
}

const FINDERS: Readonly<Record<string, (workload: KubeObject, view: ClusterView) => KubeObject[]>> = {
  Pod: (pod) => [pod],
  Job: (job, view) => view.ownedBy(job, 'Pod'),
  ReplicaSet: (set, view) => view.ownedBy(set, 'Pod'),
  Deployment(deployment, view) {
    const replicaSet = currentReplicaSet(deployment, view);
    return replicaSet === undefined ? [] : view.ownedBy(replicaSet, 'Pod');
  },
  StatefulSet(set, view) {
    const revision = textAt(set, ['status', 'updateRevision']);
    return view
      .ownedBy(set, 'Pod')
      .filter(({ metadata }) => metadata.labels?.['controller-revision-hash'] === revision);
  },
  DaemonSet(set, view) {
    const generation = set.metadata.annotations?.[DAEMON_GENERATION];
    return view
      .ownedBy(set, 'Pod')
      .filter(
        ({ metadata }) => generation === undefined || metadata.labels?.['pod-template-generation'] === generation,
      );
  },
};
