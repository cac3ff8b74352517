import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectId } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { ObjectOutcome } from '../deploy-result.ts';
import type { Settings } from '../deploy-options.ts';
import { checkClaim, claimOn } from '../ownership/claim.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';
import { ownedFields } from './field-ownership.ts';
import { CONFLICT_TRIES, isAlreadyThere, isFieldConflict, onlyNew } from './preconditions.ts';
import { removeFirst } from './remove-first.ts';
import { checkFence, isOfScope, marked } from './write-stamp.ts';

export interface Written {
  readonly object: KubeObject;
  readonly outcome: ObjectOutcome;
  readonly warnings: readonly string[];
}

/** Makes one planned write happen. Doing it again changes nothing. */
export async function writeObject(desired: KubeObject, entry: PlanEntry, context: RunContext): Promise<Written> {
  if (entry.action === 'recreate') await removeFirst(entry, 'recreated', context);
  const { object, warnings } = await write(marked(desired, context.settings), entry, context);
  return { object, warnings, outcome: OUTCOMES[entry.action] };
}

const OUTCOMES = {
  create: 'created',
  update: 'configured',
  recreate: 'recreated',
  delete: 'deleted',
  unchanged: 'unchanged',
} as const;

/** Says in an event what was written. */
export function emitApplied({ object, outcome, warnings }: Written, { emit }: Pick<RunContext, 'emit'>): void {
  const { uid, resourceVersion } = object.metadata;
  emit({
    type: 'object.applied',
    object: objectId(object),
    outcome,
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    warnings,
  });
}

function write(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  if (entry.action !== 'update') return createObject(body, entry, context);
  // What is there but may not be read has no uid that we know of.
  return entry.uid === undefined ? applyWhenServed(body, entry, context) : updateObject(body, entry, context);
}

/**
 * Makes an object where the plan has seen none. What is there by now is written over only where it is our own doing: this
 * write, whose answer was lost, or that of a holder before us.
 */
async function createObject(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { cluster, settings, ending } = context;
  for (let tries = 1; ; tries++) {
    try {
      return await applyWhenServed(onlyNew(body), entry, context);
    } catch (error) {
      if (tries >= CONFLICT_TRIES || ending.aborted || !isAlreadyThere(error)) throw error;
      const live = await cluster.get(entry.object, callOptions(context));
      // It is gone again.
      if (live === undefined) continue;
      checkFence(live, settings.stamp);
      checkClaim(live, settings);
      if (!isOurDoing(live, settings)) throw isFieldConflict(error) ? appeared(live) : error;
      const { uid, resourceVersion } = live.metadata;
      const seen = {
        ...entry,
        ...(uid === undefined ? {} : { uid }),
        ...(resourceVersion === undefined ? {} : { resourceVersion }),
      };
      return updateObject(body, seen, context);
    }
  }
}

function appeared(live: KubeObject): KubernetesApiError {
  const message = `somebody has made ${formatObjectId(objectId(live))} since it was planned`;
  return new KubernetesApiError({ httpStatus: 409, reason: 'Conflict', message });
}

/** By the stamp where there is one, else by the owner's mark or the fields. */
function isOurDoing(live: KubeObject, settings: Settings): boolean {
  return settings.stamp === undefined ? isMadeByUs(live, settings) : isOfScope(live, settings.stamp);
}

/** By the owner's mark where there is one; whoever has none goes by the fields. */
export function isMadeByUs(live: KubeObject, settings: Settings): boolean {
  if (settings.owner === undefined) return ownedFields(live, settings.manager) !== '';
  const claim = claimOn(live, settings);
  return claim.may && !claim.adopts;
}

/**
 * Changes the very object that was planned for: the uid keeps us from taking over one that somebody has made anew. With
 * a stamp or an owner it must also be the version that was read, so that nothing is written over a later holder's
 * work or what has become somebody else's; when others have touched it, it is read again.
 */
async function updateObject(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { settings, ending } = context;
  const isExact = settings.stamp !== undefined || settings.owner !== undefined;
  let version = isExact ? entry.resourceVersion : undefined;
  for (let tries = 1; ; tries++) {
    const ids = { uid: entry.uid ?? '', ...(version === undefined ? {} : { resourceVersion: version }) };
    try {
      return await applyWhenServed({ ...body, metadata: { ...body.metadata, ...ids } }, entry, context);
    } catch (error) {
      if (version === undefined || tries >= CONFLICT_TRIES || ending.aborted || !isAlreadyThere(error)) throw error;
      const now = await versionNow(entry, context);
      if (now === undefined || isFieldConflict(error)) throw error;
      version = now;
    }
  }
}

/** Undefined where it is not the same object any more. */
async function versionNow(entry: PlanEntry, context: RunContext): Promise<string | undefined> {
  const live = await context.cluster.get(entry.object, callOptions(context));
  if (live === undefined) return undefined;
  checkFence(live, context.settings.stamp);
  checkClaim(live, context.settings);
  return live.metadata.uid === entry.uid ? live.metadata.resourceVersion : undefined;
}

const KIND_WAIT_MS = 500;
const KIND_TRIES = 20;

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
