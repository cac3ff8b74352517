import { KubernetesApiError, applyRank, groupBy } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { InventoryEntry, RefusedDeletion } from '../deploy-result.ts';
import { keptForOther, takenBy } from '../ownership/claim.ts';
import { claimLossRefusal } from '../ownership/template-claims.ts';
import { checkFence } from '../apply/write-stamp.ts';
import { CONFLICT_TRIES, isOutdated } from '../apply/preconditions.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';
import { reasonToKeep } from './reason-to-keep.ts';

export interface Deletions {
  readonly deleted: readonly InventoryEntry[];
  /** Still there: protected, kept by annotation, or refused. Each has a warning. */
  readonly kept: readonly InventoryEntry[];
  /** Those of `kept` that were meant to go. */
  readonly refused: readonly RefusedDeletion[];
  /** What has become somebody else's: it stays, and is ours no more. */
  readonly taken: readonly RefusedDeletion[];
  /** Some of `kept` were not even tried, because the run was to end. */
  readonly isCutShort: boolean;
}

/** `absent`: there is nothing of ours. */
type Outcome = 'deleted' | 'kept' | 'absent' | { readonly is: 'refused' | 'taken'; readonly failure: Failure };

/**
 * Deletes in the mirror of the apply order, each object only while it is the very one that was recorded (uid) and nobody
 * else's. What cannot be deleted is reported and kept; it never throws for it. What has become somebody else's is reported and
 * not kept.
 */
export async function deleteObjects(
  entries: readonly InventoryEntry[],
  reason: 'pruned' | 'rolled-back',
  context: RunContext,
): Promise<Deletions> {
  const deleted: InventoryEntry[] = [];
  const kept: InventoryEntry[] = [];
  const refused: RefusedDeletion[] = [];
  const taken: RefusedDeletion[] = [];
  let isCutShort = false;
  const inventory = [...(context.settings.inventory ?? []), ...entries];
  const checked = { ...context, settings: { ...context.settings, inventory } };
  const waves = [...groupBy(entries, ({ object }) => applyRank(object.kind))].sort(([a], [b]) => b - a);
  for (const [, wave] of waves) {
    isCutShort ||= context.leaving.aborted;
    const outcomes = isCutShort ? [] : await Promise.all(wave.map((entry) => deleteOne(entry, reason, checked)));
    wave.forEach((entry, index) => {
      const outcome = outcomes[index] ?? 'kept';
      if (outcome === 'absent') return;
      if (outcome === 'deleted') deleted.push(entry);
      else if (outcome === 'kept') kept.push(entry);
      else if (outcome.is === 'taken') taken.push({ ...entry, failure: outcome.failure });
      else {
        kept.push(entry);
        refused.push({ ...entry, failure: outcome.failure });
      }
    });
  }
  return { deleted, kept, refused, taken, isCutShort };
}

async function deleteOne(
  entry: InventoryEntry,
  reason: 'pruned' | 'rolled-back',
  context: RunContext,
): Promise<Outcome> {
  const { object: id } = entry;
  const { emit } = context;
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await deleteAsSeen(entry, reason, context);
      } catch (error) {
        if (tries >= CONFLICT_TRIES || !isOutdated(error)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const failure = failureOfApiError(error, id);
    emit({ type: 'warning', code: failure.code, message: failure.message, object: id });
    return { is: 'refused', failure };
  }
}

/** Looks, and deletes just the version that was looked at. */
async function deleteAsSeen(
  { object: id, uid }: InventoryEntry,
  reason: 'pruned' | 'rolled-back',
  context: RunContext,
): Promise<Outcome> {
  const { cluster, emit, settings } = context;
  const live = await cluster.get(id, callOptions(context));
  // Somebody has made a new object of the same name: it is not ours.
  if (live === undefined || live.metadata.uid !== uid) return 'absent';
  checkFence(live, settings.stamp);
  const by = takenBy(live, settings);
  if (by !== undefined) {
    const failure: Failure = { code: 'NAME_TAKEN', message: keptForOther(id, by), object: id, evidence: [] };
    emit({ type: 'warning', code: failure.code, message: failure.message, object: id });
    return { is: 'taken', failure };
  }
  const toKeep = reasonToKeep(live, id, settings);
  if (toKeep !== undefined) {
    emit({ type: 'warning', code: 'PRUNE_REFUSED', message: toKeep, object: id });
    return 'kept';
  }
  const failure = claimLossRefusal(live, settings);
  if (failure !== undefined) {
    emit({ type: 'warning', code: failure.code, message: failure.message, object: id });
    return { is: 'refused', failure };
  }
  const { resourceVersion } = live.metadata;
  const version = resourceVersion === undefined ? {} : { resourceVersion };
  const isGone = !(await cluster.delete(id, { ...callOptions(context), uid, ...version }));
  if (isGone) return 'absent';
  emit({ type: 'object.deleted', object: id, reason });
  return 'deleted';
}
