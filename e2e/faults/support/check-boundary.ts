import type { ApiCall, SeenCall } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { isDeployers } from './kill-matrix.ts';
import type { DeploymentRow, EventRow } from './store-view.ts';

/** When a worker knew that its deployment is to end. */
export interface Heard {
  /** The call that was under way. */
  readonly during: ApiCall;
  /** How many calls had been seen by then. */
  readonly callsBefore: number;
  /** To the last good state; otherwise what is there is left. */
  readonly goesBack: boolean;
}

/**
 * A deployment that was asked to end has ended between two steps: each stage that began has ended, each write that the
 * server accepted is told, and where nothing was to be restored, no further object was begun with.
 */
export async function checkBoundary(bench: Bench, row: DeploymentRow, heard: Heard): Promise<string[]> {
  const events = await bench.store.events(row.id);
  const ended = row.finished_at?.getTime() ?? Infinity;
  const calls = bench.api.calls().filter(({ call }) => isDeployers(call) && call.arrivedAt <= ended);
  const writes = calls.filter(({ call }) => call.isWrite);
  const unreported = writes.filter((write) => isAccepted(write) && !isReported(write.call, events));
  const before = calls.map(({ call }) => call).filter(({ number }) => number <= heard.callsBefore);
  const isLate = ({ call }: SeenCall): boolean =>
    call.number > heard.callsBefore && !isUnderWay(call, before, heard.during) && !takesNamespaceBack(call);
  const late = heard.goesBack ? [] : writes.filter(isLate);
  return [
    ...openStages(events).map((stage) => `boundary: the stage ${stage} has not ended`),
    ...unreported.map(({ call }) => `boundary: nothing is told of ${call.method} ${call.path}`),
    ...late.map(({ call }) => `boundary: ${call.method} ${call.path} was begun although it was to end`),
  ];
}

function openStages(events: readonly EventRow[]): string[] {
  const of = (wanted: string): string[] =>
    events.filter(({ type }) => type === wanted).map(({ data }) => String(data['stage']));
  const ended = of('stage.ended');
  return of('stage.started').filter((stage) => {
    const index = ended.indexOf(stage);
    if (index >= 0) ended.splice(index, 1);
    return index < 0;
  });
}

const isAccepted = ({ status }: SeenCall): boolean => status !== undefined && status < 300;

const pathOf = ({ path }: ApiCall): string => path.replace(/\?.*/, '');

/** Its object was being dealt with: by the call that was held, or, where it is read before it is deleted, since that read. */
function isUnderWay(call: ApiCall, before: readonly ApiCall[], during: ApiCall): boolean {
  const lastApplied = before.findLastIndex(({ method }) => method === 'PATCH');
  return [during, ...before.slice(lastApplied + 1)].some((other) => pathOf(other) === pathOf(call));
}

/** One that was made to plan in, and in which nothing is: making it and taking it back are one step. */
const takesNamespaceBack = (call: ApiCall): boolean =>
  call.method === 'DELETE' && /^\/api\/v1\/namespaces\/[^/]+$/.test(pathOf(call));

/** By kind and name: `/apis/apps/v1/namespaces/n/deployments/web` is `Deployment` `web`. */
function isReported(call: ApiCall, events: readonly EventRow[]): boolean {
  const [plural = '', name] = pathOf(call).split('/').slice(-2);
  return events.some(({ type, data }) => {
    if (type !== 'object.applied' && type !== 'object.deleted') return false;
    const object = data['object'] as { readonly kind: string; readonly name: string };
    return object.name === name && plural.startsWith(object.kind.toLowerCase());
  });
}
