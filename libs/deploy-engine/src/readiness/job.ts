import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, numberAt, valueAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { failed, progressing, ready } from './readiness.ts';

export function jobReadiness(object: KubeObject): Readiness {
  const end = conditionOf(object, 'Failed');
  if (end?.status === 'True') return failed('JOB_FAILED', `${end.reason}: ${end.message}`);
  if (conditionOf(object, 'Complete')?.status === 'True') {
    return { state: 'ready', message: 'the job is complete', started: true, complete: true };
  }
  if (valueAt(object, ['spec', 'suspend']) === true) return ready('the job is suspended');
  const active = numberAt(object, ['status', 'active']);
  return progressing(`${active} pods are at work`, numberAt(object, ['status', 'ready']) > 0);
}
