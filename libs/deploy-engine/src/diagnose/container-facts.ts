import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { valueAt } from '@ushadow/kubernetes';
import { listAt, textAt } from '../readiness/fields.ts';
import type { EventFact } from './event-facts.ts';

export interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message: string;
}

/** All that is known of one container of one pod. */
export interface ContainerFacts {
  readonly pod: KubeObject;
  readonly name: string;
  readonly isInit: boolean;
  readonly image: string;
  readonly command: string;
  readonly memoryLimit: string;
  readonly isReady: boolean;
  readonly isRunning: boolean;
  readonly waitingReason: string;
  readonly waitingMessage: string;
  /** How it ended: now, or the run before. */
  readonly ended: Termination | undefined;
  readonly restarts: number;
  readonly events: readonly EventFact[];
  /** Waiting message and event messages together, for text patterns. */
  readonly text: string;
}

export function containerFacts(pod: KubeObject, events: readonly EventFact[]): ContainerFacts[] {
  return [
    ...listAt(pod, ['status', 'initContainerStatuses']).map((status) => read(pod, status, true, events)),
    ...listAt(pod, ['status', 'containerStatuses']).map((status) => read(pod, status, false, events)),
  ];
}

function read(pod: KubeObject, status: JsonObject, isInit: boolean, events: readonly EventFact[]): ContainerFacts {
  const name = textAt(status, ['name']);
  const spec = listAt(pod, ['spec', isInit ? 'initContainers' : 'containers']).find((item) => item['name'] === name);
  const own = events.filter(({ container }) => container === name || container === '');
  const waitingMessage = textAt(status, ['state', 'waiting', 'message']);
  const ended =
    termination(valueAt(status, ['state', 'terminated'])) ?? termination(valueAt(status, ['lastState', 'terminated']));
  return {
    pod,
    name,
    isInit,
    image: textAt(spec, ['image']),
    command: words(valueAt(spec, ['command']), valueAt(spec, ['args'])),
    memoryLimit: textAt(spec, ['resources', 'limits', 'memory']),
    isReady: status['ready'] === true,
    isRunning: valueAt(status, ['state', 'running']) !== undefined,
    waitingReason: textAt(status, ['state', 'waiting', 'reason']),
    waitingMessage,
    ended,
    restarts: typeof status['restartCount'] === 'number' ? status['restartCount'] : 0,
    events: own,
    text: [waitingMessage, ended?.message ?? '', ...own.map(({ message }) => message)].join('\n'),
  };
}

function termination(value: JsonValue | undefined): Termination | undefined {
  const exitCode = valueAt(value, ['exitCode']);
  if (typeof exitCode !== 'number') return undefined;
  return { exitCode, reason: textAt(value, ['reason']), message: textAt(value, ['message']) };
}

function words(...lists: readonly (JsonValue | undefined)[]): string {
  return lists.flatMap((list) => (Array.isArray(list) ? (list as readonly JsonValue[]) : [])).join(' ');
}
