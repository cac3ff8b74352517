import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey, podSpecPath, groupBy } from '@ushadow/kubernetes';
import { checkClaim } from '../ownership/claim.ts';
import type { ObjectChange } from '../deploy-result.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { checkFence } from './write-stamp.ts';
import { CONFLICT_TRIES, isOutdated } from './preconditions.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';

const GONE_POLL_MS = 250;
const GONE_TRIES_WHILE_ENDING = 20;

/**
 * Deletes an object that is made anew, or that another one takes the place of, and waits until it is gone: a workload with
 * its pods, which may hold what the new ones need. Claims that were made for it stay.
 */
export async function removeFirst(
  entry: PlanEntry,
  reason: 'pruned' | 'recreated' | 'rolled-back',
  context: RunContext,
): Promise<void> {
  const { cluster, clock, ending, emit } = context;
  const { object: id, uid } = entry;
  await deleteAsSeen(entry, context);
  const giveUpAt = clock.now() + waitMaxMs(context);
  for (let triesWhileEnding = 0; ;) {
    const live = await cluster.get(id, callOptions(context));
    if (live === undefined || live.metadata.uid !== uid) break;
    // Deleting and making anew are one step; an end waits for it, but not for a finalizer that is stuck.
    if (ending.aborted) triesWhileEnding += 1;
    if (clock.now() > giveUpAt || triesWhileEnding > GONE_TRIES_WHILE_ENDING) throw stuck(live);
    await clock.timer(GONE_POLL_MS).elapsed;
  }
  emit({ type: 'object.deleted', object: id, reason });
}

/** Reads it once more and deletes just that version, so that it is nobody else's work or object by then. */
async function deleteAsSeen({ object: id, uid }: PlanEntry, context: RunContext): Promise<void> {
  const { cluster, settings } = context;
  const propagationPolicy = podSpecPath(id.kind) === '' ? 'Background' : 'Foreground';
  for (let tries = 1; ; tries++) {
    const live = await cluster.get(id, callOptions(context));
    if (live === undefined || uid === undefined || live.metadata.uid !== uid) return;
    checkFence(live, settings.stamp);
    checkClaim(live, settings);
    const { resourceVersion } = live.metadata;
    const version = resourceVersion === undefined ? {} : { resourceVersion };
    try {
      await cluster.delete(id, { ...callOptions(context), uid, ...version, propagationPolicy });
      return;
    } catch (error) {
      if (tries >= CONFLICT_TRIES || !isOutdated(error)) throw error;
    }
  }
}

/** Most of the time in which the whole would be given up: what holds the object has to be named before that. */
function waitMaxMs({ clock, settings: { deadlineMs, stallMs }, startedAt }: RunContext): number {
  return 0.8 * Math.min(stallMs, startedAt + deadlineMs - clock.now());
}

function stuck(live: KubeObject): KubernetesApiError {
  const finalizers = live.metadata['finalizers'];
  const held = Array.isArray(finalizers) ? finalizers.join(', ') : 'none';
  const names = held === 'foregroundDeletion' ? `${held}, which waits for its pods to end` : held;
  return new KubernetesApiError({
    httpStatus: 409,
    reason: 'FinalizerStuck',
    message: `${live.kind} ${objectId(live).name} does not go away; its finalizers: ${names}`,
  });
}

/** Removes what something contends with before that is written, when its turn has come, and once. */
export class PriorRemovals {
  readonly #context: RunContext;
  readonly #entries: ReadonlyMap<string, readonly PlanEntry[]>;
  readonly #removals = new Map<PlanEntry, Promise<void>>();
  readonly #deleted: ObjectChange[] = [];

  constructor(entries: readonly PlanEntry[], context: RunContext) {
    this.#context = context;
    const pairs = entries.flatMap((entry) => (entry.goesBefore ?? []).map((id) => ({ key: objectKey(id), entry })));
    const groups = groupBy(pairs, ({ key }) => key);
    this.#entries = new Map([...groups].map(([key, group]) => [key, group.map(({ entry }) => entry)]));
  }

  /** Resolves when all that goes before an object is gone. */
  async before(key: string): Promise<void> {
    await Promise.all((this.#entries.get(key) ?? []).map((entry) => this.#removeOnce(entry)));
  }

  get deleted(): readonly ObjectChange[] {
    return this.#deleted;
  }

  #removeOnce(entry: PlanEntry): Promise<void> {
    const removal = this.#removals.get(entry) ?? this.#remove(entry);
    this.#removals.set(entry, removal);
    return removal;
  }

  async #remove(entry: PlanEntry): Promise<void> {
    const { object, uid } = entry;
    await removeFirst(entry, this.#context.settings.contenders === undefined ? 'pruned' : 'rolled-back', this.#context);
    this.#deleted.push({ object, ...(uid === undefined ? {} : { uid }), outcome: 'deleted' });
  }
}
