import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { progressing, ready } from './readiness.ts';

export function daemonSetReadiness(object: KubeObject): Readiness {
  const status = (key: string): number => numberAt(object, ['status', key]);
  const wanted = status('desiredNumberScheduled');
  // More are ready than there are old ones.
  const isStarted = status('numberReady') > wanted - status('updatedNumberScheduled');
  if (status('observedGeneration') === 0) return progressing('the controller has not seen it yet');
  if (textAt(object, ['spec', 'updateStrategy', 'type']) !== 'OnDelete' && status('updatedNumberScheduled') < wanted) {
    return progressing(`${status('updatedNumberScheduled')} of ${wanted} pods are of the new revision`, isStarted);
  }
  const message = `${status('numberAvailable')} of ${wanted} pods are available`;
  return status('numberAvailable') < wanted ? progressing(message, isStarted) : ready(message);
}
