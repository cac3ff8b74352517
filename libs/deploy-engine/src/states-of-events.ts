import type { ObjectId } from '@ushadow/kubernetes';
import { formatApiVersion, objectKey } from '@ushadow/kubernetes';
import type { DeployEvent } from './deploy-event.ts';
import type { ObjectEnd } from './deploy-result.ts';
import { isWatched } from './watch/watch-targets.ts';

/** How far the objects of an attempt had got by the events about them, up to its rollback. */
export function statesOfEvents(events: readonly DeployEvent[]): ObjectEnd[] {
  const states = new Map<string, ObjectEnd>();
  for (const event of events) {
    if (event.type === 'stage.started' && event.stage === 'rollback') {
      if (event.failure?.object !== undefined) put({ ...event.failure, object: event.failure.object });
      break;
    }
    if (event.type === 'object.planned') plan(event);
    else if (event.type === 'object.applied') set(written(event.object));
    else if (event.type === 'object.status')
      set({ ...event, state: event.state === 'deleting' ? 'progressing' : event.state });
    else if (event.type === 'cause.raised' && event.cause.severity === 'final') put(event.cause);
  }
  return [...states.values()];

  function plan({ object, action }: Extract<DeployEvent, { type: 'object.planned' }>): void {
    if (action === 'delete') return;
    const end =
      action === 'unchanged' ? written(object) : ({ object, state: 'pending', message: NOT_WRITTEN } as const);
    states.set(objectKey(object), end);
  }

  function put({ object, message }: { readonly object: ObjectId; readonly message: string }): void {
    set({ object, state: 'failed', message });
  }

  /** What was not planned is no object of the attempt: a namespace, the pods. */
  function set({ object, state, message }: ObjectEnd): void {
    if (states.has(objectKey(object))) states.set(objectKey(object), { object, state, message });
  }
}

const NOT_WRITTEN = 'it was not written';

function written(object: ObjectId): ObjectEnd {
  const { kind, name } = object;
  const isOnItsWay = isWatched({ apiVersion: formatApiVersion(object), kind, metadata: { name } });
  if (isOnItsWay) return { object, state: 'progressing', message: 'it was written' };
  return { object, state: 'ready', message: 'the object exists' };
}
