import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { EventFact } from './event-fact.ts';
import type { DiagnosisContext } from './diagnosis-context.ts';

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
  /** As the pod has it, which is what was asked for plus what admission has added. */
  readonly spec: JsonObject;
  /** Path of the container in the desired object. */
  readonly path: string;
  readonly image: string;
  readonly command: string;
  readonly isReady: boolean;
  readonly isRunning: boolean;
  /** Its startup probe has passed, or it has none. */
  readonly isStarted: boolean;
  readonly waitingReason: string;
  readonly waitingMessage: string;
  /** How it ended: now, or the run before. */
  readonly ended: Termination | undefined;
  readonly restarts: number;
  readonly deaths: number;
  readonly events: readonly EventFact[];
  /** Waiting message and event messages together, for text patterns. */
  readonly text: string;
  /** What its last run has written last; undefined while nobody has asked. */
  readonly log: readonly string[] | undefined;
  readonly context: DiagnosisContext;
}

export function containerFacts(
  pod: KubeObject,
  events: readonly EventFact[],
  context: DiagnosisContext,
): ContainerFacts[] {
  return [
    ...listAt(pod, ['status', 'initContainerStatuses']).map((status) => read(pod, status, true, events, context)),
    ...listAt(pod, ['status', 'containerStatuses']).map((status) => read(pod, status, false, events, context)),
  ];
}

function read(
  pod: KubeObject,
  status: JsonObject,
  isInit: boolean,
  events: readonly EventFact[],
  context: DiagnosisContext,
): ContainerFacts {
  const name = textAt(status, ['name']);
  const list = isInit ? 'initContainers' : 'containers';
  const spec = listAt(pod, ['spec', list]).find((item) => item['name'] === name) ?? {};
  const own = events.filter(({ container }) => container === name || container === '');
  const waitingMessage = textAt(status, ['state', 'waiting', 'message']);
  const waitingReason = textAt(status, ['state', 'waiting', 'reason']);
  const now = termination(valueAt(status, ['state', 'terminated']));
  const ended = now ?? termination(valueAt(status, ['lastState', 'terminated']));
  const restarts = numberAt(status, ['restartCount']);
  const isOver = now !== undefined || (ended !== undefined && waitingReason !== '');
  return {
    pod,
    name,
    isInit,
    spec,
    path: `${context.podSpecPath}.${list}[name="${name}"]`,
    image: textAt(spec, ['image']),
    command: words(valueAt(spec, ['command']), valueAt(spec, ['args'])),
    isReady: status['ready'] === true,
    isRunning: isJsonObject(valueAt(status, ['state', 'running'])),
    isStarted: status['started'] !== false,
    waitingReason,
    waitingMessage,
    ended,
    restarts,
    deaths: restarts + (isOver ? 1 : 0),
    events: own,
    text: [waitingMessage, ended?.message ?? '', ...own.map(({ message }) => message)].join('\n'),
    log: context.logs.linesOf(pod, name),
    context,
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
