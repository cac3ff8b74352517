import type { DeployEvent } from './deploy-event.ts';
import type { InventoryEntry } from './deploy-result.ts';
import type { Failure } from './failure.ts';

/** All that a next worker needs beyond the cluster itself: steps are idempotent, so most is simply planned anew. */
export interface Checkpoint {
  /** Milliseconds since the epoch; deadlines count from here. */
  readonly startedAt: number;
  /** True once anything may have been written. */
  readonly writing: boolean;
  /** Objects made by this deployment, which a rollback removes. */
  readonly created: readonly InventoryEntry[];
  /** Why it failed, once the last good state is being restored. */
  readonly rollingBack: Failure | undefined;
}

/** Folds the stored events of a deployment into where it stands; undefined when nothing happened yet. */
export function checkpointOf(events: readonly DeployEvent[]): Checkpoint | undefined {
  const first = events[0];
  if (first === undefined) return undefined;
  const created: InventoryEntry[] = [];
  let writing = false;
  let rollingBack: Failure | undefined;
  for (const event of events) {
    if (event.type === 'stage.started' && event.stage === 'apply') writing = true;
    if (event.type === 'stage.started' && event.stage === 'rollback') rollingBack = event.failure;
    const isOurs = event.type === 'object.applied' && event.outcome === 'created' && rollingBack === undefined;
    if (isOurs && event.uid !== undefined) {
      created.push({ object: event.object, uid: event.uid });
    }
  }
  return { startedAt: first.at, writing, created, rollingBack };
}
