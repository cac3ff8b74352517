import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, classifyError, objectId } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { ObjectOutcome } from '../deploy-result.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { checkFence, stamped } from '../plan/write-stamp.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

const KIND_WAIT_MS = 500;
const KIND_TRIES = 20;
const VANISH_WAIT_MS = 250;
const VANISH_TRIES_WHILE_ENDING = 20;
const CONFLICT_TRIES = 10;

export interface Written {
  readonly object: KubeObject;
  readonly outcome: ObjectOutcome;
  readonly warnings: readonly string[];
}

/** Makes one planned write happen. Doing it again changes nothing. */
export async function writeObject(desired: KubeObject, entry: PlanEntry, context: RunContext): Promise<Written> {
  if (entry.action === 'recreate') await removeForRecreation(entry, context);
  const body = stamped(desired, context.settings.stamp);
  const isUpdate = entry.action === 'update' && entry.uid !== undefined;
  const { object, warnings } = isUpdate
    ? await update(body, entry, context)
    : await applyWhenServed(body, entry, context);
  return { object, warnings, outcome: OUTCOMES[entry.action] };
}

const OUTCOMES = {
  create: 'created',
  update: 'configured',
  recreate: 'recreated',
  delete: 'deleted',
  unchanged: 'unchanged',
} as const;

/**
 * Changes the very object that was planned for: the uid keeps us from taking over one that somebody has made anew. With
 * a stamp it must also be the version that was looked at, so that nothing is written over a later holder's work; when
 * only others have touched it, it is looked at again.
 */
async function update(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { cluster, settings, ending } = context;
  let version = settings.stamp === undefined ? undefined : entry.resourceVersion;
  for (let tries = 1; ; tries++) {
    const ids = { uid: entry.uid ?? '', ...(version === undefined ? {} : { resourceVersion: version }) };
    try {
      return await applyWhenServed({ ...body, metadata: { ...body.metadata, ...ids } }, entry, context);
    } catch (error) {
      if (version === undefined || tries >= CONFLICT_TRIES || ending.aborted || !isOutdated(error)) throw error;
      const live = await cluster.get(entry.object, callOptions(context));
      checkFence(live, settings.stamp);
      if (live?.metadata.uid !== entry.uid) throw error;
      version = live?.metadata.resourceVersion;
    }
  }
}

function isOutdated(error: unknown): boolean {
  return error instanceof KubernetesApiError && classifyError(error) === 'conflict';
}

/** A kind defined a moment ago takes a while to be served. */
async function applyWhenServed(object: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { cluster, settings, clock } = context;
  const force = entry.takesOver !== undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.apply(object, { ...callOptions(context), fieldManager: settings.manager, force });
    } catch (error) {
      if (entry.verified || tries >= KIND_TRIES || !(error instanceof KubernetesApiError)) throw error;
      if (failureOfApiError(error).code !== 'KIND_NOT_SERVED' || context.ending.aborted) throw error;
      await clock.timer(KIND_WAIT_MS).elapsed;
    }
  }
}

async function removeForRecreation(entry: PlanEntry, context: RunContext): Promise<void> {
  const { cluster, clock, ending, emit } = context;
  const { object: id, uid } = entry;
  // A new StatefulSet adopts the pods the old one leaves.
  const propagationPolicy = id.kind === 'StatefulSet' ? 'Orphan' : 'Background';
  await cluster.delete(id, { ...callOptions(context), ...(uid === undefined ? {} : { uid }), propagationPolicy });
  const giveUpAt = clock.now() + patienceMs(context);
  for (let triesWhileEnding = 0; ;) {
    const live = await cluster.get(id, callOptions(context));
    if (live === undefined || live.metadata.uid !== uid) break;
    // Deleting and making anew are one step; an end waits for it, but not for a finalizer that is stuck.
    if (ending.aborted) triesWhileEnding += 1;
    if (clock.now() > giveUpAt || triesWhileEnding > VANISH_TRIES_WHILE_ENDING) throw stuck(live);
    await clock.timer(VANISH_WAIT_MS).elapsed;
  }
  emit({ type: 'object.deleted', object: id, reason: 'recreated' });
}

/** Most of the time in which the whole would be given up: what holds the object has to be named before that. */
function patienceMs({ clock, settings: { deadlineMs, stallMs }, startedAt }: RunContext): number {
  return 0.8 * Math.min(stallMs, startedAt + deadlineMs - clock.now());
}

function stuck(live: KubeObject): KubernetesApiError {
  const finalizers = live.metadata['finalizers'];
  const names = Array.isArray(finalizers) ? finalizers.join(', ') : 'none';
  return new KubernetesApiError({
    httpStatus: 409,
    reason: 'FinalizerStuck',
    message: `${live.kind} ${objectId(live).name} does not go away; its finalizers: ${names}`,
  });
}
