import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { ObjectOutcome } from '../deploy-result.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

const KIND_WAIT_MS = 500;
const KIND_TRIES = 20;
const VANISH_WAIT_MS = 250;

export interface Written {
  readonly object: KubeObject;
  readonly outcome: ObjectOutcome;
  readonly warnings: readonly string[];
}

/** Makes one planned write happen. Doing it again changes nothing. */
export async function writeObject(desired: KubeObject, entry: PlanEntry, context: RunContext): Promise<Written> {
  if (entry.action === 'recreate') await removeForRecreation(entry, context);
  // The uid keeps us from taking over an object that somebody has made anew since it was planned.
  const isUpdate = entry.action === 'update' && entry.uid !== undefined;
  const body = isUpdate ? { ...desired, metadata: { ...desired.metadata, uid: entry.uid } } : desired;
  const { object, warnings } = await applyWhenServed(body, entry, context);
  return { object, warnings, outcome: OUTCOMES[entry.action] };
}

const OUTCOMES = {
  create: 'created',
  update: 'configured',
  recreate: 'recreated',
  delete: 'deleted',
  unchanged: 'unchanged',
} as const;

/** A kind defined a moment ago takes a while to be served. */
async function applyWhenServed(object: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { cluster, settings, clock } = context;
  const force = entry.takesOver !== undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.apply(object, { ...callOptions(context), fieldManager: settings.manager, force });
    } catch (error) {
      if (entry.verified || tries >= KIND_TRIES || !(error instanceof KubernetesApiError)) throw error;
      if (failureOfApiError(error).code !== 'KIND_NOT_SERVED' || context.signal.aborted) throw error;
      await clock.timer(KIND_WAIT_MS).elapsed;
    }
  }
}

async function removeForRecreation(entry: PlanEntry, context: RunContext): Promise<void> {
  const { cluster, clock, signal, emit } = context;
  const { object: id, uid } = entry;
  // A new StatefulSet adopts the pods the old one leaves.
  const propagationPolicy = id.kind === 'StatefulSet' ? 'Orphan' : 'Background';
  await cluster.delete(id, { ...callOptions(context), ...(uid === undefined ? {} : { uid }), propagationPolicy });
  for (;;) {
    const live = await cluster.get(id, callOptions(context));
    if (live === undefined || live.metadata.uid !== uid) break;
    if (signal.aborted || clock.now() > context.startedAt + context.settings.deadlineMs) throw stuck(live);
    await clock.timer(VANISH_WAIT_MS).elapsed;
  }
  emit({ type: 'object.deleted', object: id, reason: 'recreated' });
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
