import type { ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, applyRank, formatObjectId, objectKey } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { InventoryEntry } from '../deploy-result.ts';
import { groupBy } from '../group-by.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';
import { KEEP_ANNOTATION, PROTECTED_KINDS } from './protected-kinds.ts';

export interface Deletions {
  readonly deleted: readonly InventoryEntry[];
  /** Still there: protected, kept by annotation, or refused by the server. Each is told in a warning. */
  readonly kept: readonly InventoryEntry[];
}

type Outcome = 'deleted' | 'kept' | 'absent';

/**
 * Deletes in the mirror of the apply order, each object only while it is the very one that was recorded (uid). What
 * cannot be deleted is told and kept; it never throws for it.
 */
export async function deleteObjects(
  entries: readonly InventoryEntry[],
  reason: 'pruned' | 'rolled-back',
  context: RunContext,
): Promise<Deletions> {
  const deleted: InventoryEntry[] = [];
  const kept: InventoryEntry[] = [];
  const waves = [...groupBy(entries, ({ object }) => applyRank(object.kind))].sort(([a], [b]) => b - a);
  for (const [, wave] of waves) {
    if (context.signal.aborted) return { deleted, kept: [...kept, ...wave] };
    const outcomes = await Promise.all(wave.map((entry) => deleteOne(entry, reason, context)));
    wave.forEach((entry, index) => {
      if (outcomes[index] === 'deleted') deleted.push(entry);
      if (outcomes[index] === 'kept') kept.push(entry);
    });
  }
  return { deleted, kept };
}

async function deleteOne(
  { object: id, uid }: InventoryEntry,
  reason: 'pruned' | 'rolled-back',
  context: RunContext,
): Promise<Outcome> {
  const { cluster, emit } = context;
  if (PROTECTED_KINDS.has(id.kind) && !isConfirmed(id, context)) {
    return keep(id, `${formatObjectId(id)} is kept: it may hold data; confirm its deletion by name`, context);
  }
  try {
    const live = await cluster.get(id, callOptions(context));
    // Somebody has made a new object of the same name: it is not ours.
    if (live === undefined || live.metadata.uid !== uid) return 'absent';
    if (live.metadata.annotations?.[KEEP_ANNOTATION] === 'true') {
      return keep(id, `${formatObjectId(id)} is kept: its annotation ${KEEP_ANNOTATION} asks for it`, context);
    }
    const isGone = !(await cluster.delete(id, { ...callOptions(context), uid }));
    if (isGone) return 'absent';
    emit({ type: 'object.deleted', object: id, reason });
    return 'deleted';
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const { code, message } = failureOfApiError(error, id);
    emit({ type: 'warning', code, message, object: id });
    return 'kept';
  }
}

function keep(object: ObjectId, message: string, { emit }: RunContext): Outcome {
  emit({ type: 'warning', code: 'PRUNE_REFUSED', message, object });
  return 'kept';
}

function isConfirmed(id: ObjectId, { settings }: RunContext): boolean {
  return settings.confirmDelete?.some((other) => objectKey(other) === objectKey(id)) === true;
}
