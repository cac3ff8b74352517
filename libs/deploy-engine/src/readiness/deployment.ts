import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, numberAt, valueAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { failed, progressing, ready } from './readiness.ts';

export function deploymentReadiness(object: KubeObject): Readiness {
  if (valueAt(object, ['spec', 'paused']) === true) return failed('WORKLOAD_PAUSED', 'the Deployment is paused');
  const progress = conditionOf(object, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') return failed('ROLLOUT_DEADLINE', progress.message);
  const wanted = numberAt(object, ['spec', 'replicas'], 1);
  const total = numberAt(object, ['status', 'replicas']);
  const updated = numberAt(object, ['status', 'updatedReplicas']);
  const available = numberAt(object, ['status', 'availableReplicas']);
  // More are ready than there are old ones.
  const isStarted = numberAt(object, ['status', 'readyReplicas']) > total - updated;
  if (updated < wanted) return progressing(`${updated} of ${wanted} pods are of the new revision`, isStarted);
  if (total > updated) return progressing(`${total - updated} pods of the old revision remain`, isStarted);
  if (available < wanted) return progressing(`${available} of ${wanted} pods are available`, isStarted);
  if (progress !== undefined && progress.reason !== 'NewReplicaSetAvailable' && progress.status !== 'True') {
    return progressing('the rollout is not complete', isStarted);
  }
  return ready(`${available} of ${wanted} pods are available`);
}
