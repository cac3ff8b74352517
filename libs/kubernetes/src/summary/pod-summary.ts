import type { JsonObject } from '../json.ts';
import { listAt, textAt, valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { formatAge } from './age.ts';

/** A pod as people see it. */
export interface PodSummary {
  readonly name: string;
  readonly namespace: string;
  /** Phase, or the reason of the worst container, or `Starting`, or `Terminating`. */
  readonly status: string;
  readonly isReady: boolean;
  /** Sum over containers, init containers included. */
  readonly restarts: number;
  readonly age: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `N/A` while unscheduled. */
  readonly node: string;
}

export function summarisePod(pod: KubeObject, nowMs: number): PodSummary {
  const { name, namespace = '', labels = {}, creationTimestamp = '' } = pod.metadata;
  const containers = listAt(pod, ['status', 'containerStatuses']);
  const all = [...listAt(pod, ['status', 'initContainerStatuses']), ...containers];
  return {
    name,
    namespace,
    status: podStatus(pod, all, containers),
    isReady: containers.length > 0 && containers.every(({ ready }) => ready === true),
    restarts: all.reduce((sum, { restartCount }) => sum + (typeof restartCount === 'number' ? restartCount : 0), 0),
    age: formatAge(creationTimestamp, nowMs),
    labels,
    node: textAt(pod, ['spec', 'nodeName']) || 'N/A',
  };
}

function podStatus(pod: KubeObject, all: readonly JsonObject[], containers: readonly JsonObject[]): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const phase = textAt(pod, ['status', 'phase']) || 'Unknown';
  if (phase === 'Succeeded') return phase;
  const [worst] = all.flatMap(containerTrouble).sort((a, b) => b.weight - a.weight);
  if (worst !== undefined) return worst.reason;
  if (phase === 'Failed') return textAt(pod, ['status', 'reason']) || phase;
  return phase === 'Running' && containers.some(({ ready }) => ready !== true) ? 'Starting' : phase;
}

/** States that are only on the way to running. */
const ON_THE_WAY = new Set(['ContainerCreating', 'PodInitializing']);

function containerTrouble(status: JsonObject): { reason: string; weight: number }[] {
  const waiting = valueAt(status, ['state', 'waiting']);
  if (waiting !== undefined) {
    const reason = textAt(waiting, ['reason']) || 'Waiting';
    return [{ reason, weight: ON_THE_WAY.has(reason) ? 1 : 3 }];
  }
  const terminated = valueAt(status, ['state', 'terminated']);
  if (terminated === undefined || valueAt(terminated, ['exitCode']) === 0) return [];
  return [{ reason: textAt(terminated, ['reason']) || 'Terminated', weight: 2 }];
}
