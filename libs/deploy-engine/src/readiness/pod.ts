import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, textAt } from '@ushadow/kubernetes';
import { hasStarted } from './has-started.ts';
import type { Readiness } from './readiness.ts';
import { failed, progressing, ready } from './readiness.ts';

export function podReadiness(object: KubeObject): Readiness {
  const phase = textAt(object, ['status', 'phase']);
  if (phase === 'Succeeded')
    return { state: 'ready', message: 'the pod has ended well', started: true, complete: true };
  if (phase === 'Failed') return failed('POD_FAILED', textAt(object, ['status', 'message']) || 'the pod has failed');
  if (phase === 'Running' && conditionOf(object, 'Ready')?.status === 'True') return ready('the pod is ready');
  return progressing(phase === 'Running' ? 'the pod runs but is not ready' : 'the pod is pending', hasStarted(object));
}
