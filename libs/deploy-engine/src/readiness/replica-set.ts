import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { progressing, ready } from './readiness.ts';

export function replicaSetReadiness(object: KubeObject): Readiness {
  const wanted = numberAt(object, ['spec', 'replicas'], 1);
  const available = numberAt(object, ['status', 'availableReplicas']);
  const message = `${available} of ${wanted} pods are available`;
  if (available < wanted) return progressing(message, numberAt(object, ['status', 'readyReplicas']) > 0);
  return numberAt(object, ['status', 'replicas']) > wanted
    ? progressing('pods too many are being removed', true)
    : ready(message);
}
