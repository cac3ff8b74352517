import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { progressing, ready } from './readiness.ts';

export function statefulSetReadiness(object: KubeObject): Readiness {
  const wanted = numberAt(object, ['spec', 'replicas'], 1);
  const readyReplicas = numberAt(object, ['status', 'readyReplicas']);
  const updated = numberAt(object, ['status', 'updatedReplicas']);
  const total = numberAt(object, ['status', 'replicas']);
  // More are ready than there are old ones.
  const isStarted = readyReplicas > total - updated;
  const message = `${readyReplicas} of ${wanted} pods are ready`;
  if (readyReplicas < wanted)
    return progressing(`${message}, pod ${object.metadata.name}-${readyReplicas} is next`, isStarted);
  if (total > wanted) return progressing('pods too many are being removed', isStarted);
  if (textAt(object, ['spec', 'updateStrategy', 'type']) === 'OnDelete') return ready(message);
  const partition = numberAt(object, ['spec', 'updateStrategy', 'rollingUpdate', 'partition']);
  if (updated < wanted - partition)
    return progressing(`${updated} of ${wanted} pods are of the new revision`, isStarted);
  const [current, update] = ['currentRevision', 'updateRevision'].map((key) => textAt(object, ['status', key]));
  if (partition === 0 && current !== update) return progressing('the rollout is not complete', isStarted);
  return ready(message);
}
