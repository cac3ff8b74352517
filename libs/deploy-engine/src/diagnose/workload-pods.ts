import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt } from '../readiness/fields.ts';
import type { ClusterView } from '../watch/cluster-view.ts';

const REVISION = 'deployment.kubernetes.io/revision';
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

/** The ReplicaSet of a Deployment's current revision. */
export function currentReplicaSet(deployment: KubeObject, view: ClusterView): KubeObject | undefined {
  const revision = deployment.metadata.annotations?.[REVISION];
  if (revision === undefined) return undefined;
  return view.ownedBy(deployment, 'ReplicaSet').find(({ metadata }) => metadata.annotations?.[REVISION] === revision);
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
