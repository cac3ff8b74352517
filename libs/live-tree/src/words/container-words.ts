import type { LastExitData, NodeHealthData } from '@ushadow/contracts';
import { explainExit } from '@ushadow/diagnose';
import type { JsonObject } from '@ushadow/kubernetes';
import { isJsonObject, textAt, valueAt } from '@ushadow/kubernetes';
import { exitOf } from './exit.ts';

export type ContainerRole = 'main' | 'init' | 'sidecar' | 'debug';

/** A container by its specification and its status, of which the latter may be missing yet. */
export interface SeenContainer {
  readonly name: string;
  readonly role: ContainerRole;
  readonly spec: JsonObject;
  readonly status: JsonObject;
}

export interface Judgement {
  readonly health: NodeHealthData;
  readonly message: string;
  /** In one word, why it fails. */
  readonly trouble?: string;
}

/** States that are only on the way to running. */
const ON_THE_WAY: Readonly<Record<string, string>> = {
  ContainerCreating: 'its image and its volumes are being made ready',
  PodInitializing: 'it waits for the init containers',
};
const PULLS = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ErrRegistryUnavailable',
]);

/** How a container is, in words. */
export function judgeContainer(container: SeenContainer): Judgement {
  const { status } = container;
  const waiting = valueAt(status, ['state', 'waiting']);
  if (isJsonObject(waiting)) return judgeWaiting(waiting, lastExitOf(status));
  const ended = exitOf(valueAt(status, ['state', 'terminated']));
  if (ended !== undefined) return judgeEnd(ended);
  if (!isJsonObject(valueAt(status, ['state', 'running'])))
    return { health: 'progressing', message: 'it has not been begun' };
  return judgeRunning(container);
}

/** How its last run has ended, if one has. */
export function lastExitOf(status: JsonObject): LastExitData | undefined {
  return exitOf(valueAt(status, ['state', 'terminated'])) ?? exitOf(valueAt(status, ['lastState', 'terminated']));
}

function judgeWaiting(waiting: JsonObject, last: LastExitData | undefined): Judgement {
  const reason = textAt(waiting, ['reason']);
  const message = textAt(waiting, ['message']);
  const onTheWay = reason === '' ? 'it waits' : ON_THE_WAY[reason];
  if (onTheWay !== undefined) return { health: 'progressing', message: onTheWay };
  const failed = (text: string): Judgement => ({ health: 'failed', message: text, trouble: reason });
  if (reason === 'CrashLoopBackOff') {
    const how = last === undefined ? '' : ` with ${explain(last)}`;
    return failed(`CrashLoopBackOff: it ends again and again${how}`);
  }
  if (PULLS.has(reason)) return failed(`${reason}: its image cannot be pulled${message === '' ? '' : `: ${message}`}`);
  return failed(message === '' ? reason : `${reason}: ${message}`);
}

function judgeEnd(ended: LastExitData): Judgement {
  if (ended.code === 0) return { health: 'completed', message: 'it has ended well' };
  const reason = ended.reason || 'Error';
  return { health: 'failed', message: `${reason}: it has ended with ${explain(ended)}`, trouble: reason };
}

function explain({ code, reason, message }: LastExitData): string {
  const isSaid = ['', 'Error', 'Completed'].includes(reason);
  return `${explainExit(code)}${isSaid ? '' : `, ${reason}`}${message === '' ? '' : `: ${message}`}`;
}

function judgeRunning({ role, spec, status }: SeenContainer): Judgement {
  if (role === 'debug') return { health: 'ready', message: '' };
  if (role === 'init') return { health: 'progressing', message: 'it is at work' };
  if (status['ready'] === true) return { health: 'ready', message: '' };
  if (status['started'] === false && spec['startupProbe'] !== undefined) {
    return { health: 'progressing', message: 'its startup probe has not passed yet' };
  }
  if (spec['readinessProbe'] !== undefined)
    return { health: 'progressing', message: 'its readiness probe does not pass' };
  return { health: 'progressing', message: 'it is not ready yet' };
}
