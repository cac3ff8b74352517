import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, textAt } from '@ushadow/kubernetes';
import type { Judgement, SeenContainer } from './container-words.ts';
import { judgeContainer } from './container-words.ts';
import { containersOf } from './pod-containers.ts';

export interface SeenPod {
  readonly containers: readonly SeenContainer[];
  readonly judged: Judgement;
}

export function seenPod(pod: KubeObject): SeenPod {
  const containers = containersOf(pod);
  return { containers, judged: judgePod(pod, containers) };
}

/** How a pod is, in words: by its phase, and else by the container that says most. */
function judgePod(pod: KubeObject, containers: readonly SeenContainer[]): Judgement {
  if (pod.metadata.deletionTimestamp !== undefined) return { health: 'deleting', message: 'it is being ended' };
  const phase = textAt(pod, ['status', 'phase']);
  if (phase === 'Succeeded') return { health: 'completed', message: 'it has ended well' };
  if (phase === 'Failed') return judgeFailed(pod, containers);
  if (phase === 'Running' && conditionOf(pod, 'Ready')?.status === 'True') return { health: 'ready', message: '' };
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') {
    const trouble = scheduled.reason || 'Unschedulable';
    return { health: 'failed', message: `${trouble}: ${scheduled.message}`, trouble };
  }
  return worst(containers) ?? judgeWaiting(pod, phase);
}

function judgeFailed(pod: KubeObject, containers: readonly SeenContainer[]): Judgement {
  const reason = textAt(pod, ['status', 'reason']);
  const message = textAt(pod, ['status', 'message']);
  const ended = worst(containers);
  if (reason === '' && ended?.health === 'failed') return ended;
  const trouble = reason || 'Failed';
  return { health: 'failed', message: `${trouble}: ${message || 'it has failed'}`, trouble };
}

/** The first that fails, or else the first that is not ready. */
function worst(containers: readonly SeenContainer[]): Judgement | undefined {
  let first: Judgement | undefined;
  for (const container of containers) {
    const judged = judgeContainer(container);
    if (isFine(container, judged)) continue;
    const named = { ...judged, message: `container ${container.name}: ${judged.message}` };
    if (judged.health === 'failed') return named;
    first ??= named;
  }
  return first;
}

function isFine({ role }: SeenContainer, { health }: Judgement): boolean {
  return role === 'debug' || health === 'ready' || health === 'completed';
}

function judgeWaiting(pod: KubeObject, phase: string): Judgement {
  const gates = conditionOf(pod, 'Ready');
  if (phase === 'Running' && gates?.reason === 'ReadinessGatesNotReady') {
    return { health: 'progressing', message: gates.message || 'its readiness gates are not open' };
  }
  if (textAt(pod, ['spec', 'nodeName']) === '') return { health: 'progressing', message: 'it waits for a node' };
  return { health: 'progressing', message: phase === 'Running' ? 'it runs and is not ready' : 'it is being begun' };
}
