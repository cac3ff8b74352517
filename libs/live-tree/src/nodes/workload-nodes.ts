import type { NodeHealthData, TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import { count } from '../tree/tally.ts';
import type { Surroundings, Told } from './surroundings.ts';
import { objectFields, podFields, told, withRemark, withTroubles } from './surroundings.ts';

export function workloadNode(entry: Entry, around: Surroundings): TreeNodeData {
  const { object } = entry.seen;
  const former = [...entry.children].filter(isFormer).length;
  return {
    type: 'workload',
    ...objectFields(entry, object, around),
    ...(object === undefined ? gone(entry, around) : judge(entry, object)),
    ...podFields(entry),
    wanted: object === undefined ? null : wantedPods(object),
    former,
    schedule: textAt(object, ['spec', 'schedule']) || null,
  };
}

export function replicaSetNode(entry: Entry, object: KubeObject, around: Surroundings): TreeNodeData {
  return {
    type: 'replica-set',
    ...objectFields(entry, object, around),
    ...judge(entry, object),
    ...podFields(entry),
    wanted: numberAt(object, ['spec', 'replicas'], 1),
    revision: object.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '',
  };
}

function judge(entry: Entry, object: KubeObject): Told {
  const own = told(object);
  if (own.health === 'deleting') return own;
  if (isStopped(object)) return { health: 'stopped', message: '' };
  return withRemark(withTroubles(own, entry), entry);
}

function isStopped(object: KubeObject): boolean {
  if (object.kind === 'CronJob' || object.kind === 'Job') return valueAt(object, ['spec', 'suspend']) === true;
  return object.kind !== 'DaemonSet' && numberAt(object, ['spec', 'replicas'], 1) === 0;
}

function gone({ seen }: Entry, { isOneShot }: Surroundings): Told {
  const health: NodeHealthData = isOneShot ? 'completed' : 'absent';
  const what = `${seen.kind} ${seen.id.slice(seen.id.lastIndexOf('/') + 1)}`;
  return {
    health,
    message: isOneShot ? `${what} has run and is gone` : `${what} is not there: somebody has deleted it`,
  };
}

function wantedPods(object: KubeObject): number | null {
  if (object.kind === 'CronJob') return null;
  if (object.kind === 'DaemonSet') return numberAt(object, ['status', 'desiredNumberScheduled']);
  return numberAt(object, ['spec', object.kind === 'Job' ? 'parallelism' : 'replicas'], 1);
}

/** True for a ReplicaSet of a former revision of which nothing is left: people have no use for it. */
export function isFormer({ seen: { kind, object }, sum, parent }: Entry): boolean {
  if (kind !== 'ReplicaSet' || parent === undefined || count(sum, 'pods') > 0) return false;
  return numberAt(object, ['spec', 'replicas'], 1) === 0 && numberAt(object, ['status', 'replicas']) === 0;
}
