import type { ObjectId } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { DeployEvent } from './deploy-event.ts';
import type { ObjectEnd } from './deploy-result.ts';
import { statesOfEvents } from './states-of-events.ts';

export interface CreatedObject {
  readonly object: ObjectId;
  readonly uid?: string;
}

/** All that a next worker needs beyond the cluster itself: steps are idempotent, so most is simply planned anew. */
export interface Checkpoint {
  /** Milliseconds since the epoch; deadlines count from here. */
  readonly startedAt: number;
  /** True once anything may have been written. */
  readonly writing: boolean;
  /**
   * Objects that did not exist before this deployment, which a rollback removes. Without a uid where a worker died
   * before it could record whether it had made them.
   */
  readonly created: readonly CreatedObject[];
  /** Why it failed, once the last good state is being restored. */
  readonly rollingBack: Failure | undefined;
  /** How far the objects of the attempt had got, once it is over. */
  readonly states?: readonly ObjectEnd[];
}

/** Folds the stored events of a deployment into where it stands; undefined when nothing happened yet. */
export function checkpointOf(events: readonly DeployEvent[]): Checkpoint | undefined {
  const first = events[0];
  if (first === undefined) return undefined;
  const created = new Map<string, CreatedObject>();
  let writing = false;
  let rollingBack: Failure | undefined;
  for (const event of events) {
    if (event.type === 'stage.started' && event.stage === 'apply') writing = true;
    if (event.type === 'stage.started' && event.stage === 'rollback') rollingBack = event.failure;
    const made = rollingBack === undefined ? createdIn(event) : undefined;
    if (made !== undefined) created.set(objectKey(made.object), made);
  }
  const over = rollingBack === undefined ? {} : { states: statesOfEvents(events) };
  return { startedAt: first.at, writing, created: [...created.values()], rollingBack, ...over };
}

/** An intention counts as well: the object may have been made just before the worker died. */
function createdIn(event: DeployEvent): CreatedObject | undefined {
  if (event.type === 'object.planned' && event.action === 'create') return { object: event.object };
  if (event.type !== 'object.applied' || event.outcome !== 'created') return undefined;
  return event.uid === undefined ? { object: event.object } : { object: event.object, uid: event.uid };
}
