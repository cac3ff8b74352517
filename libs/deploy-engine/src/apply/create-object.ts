import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectId } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { checkClaim, claimOn } from '../ownership/claim.ts';
import { ownedFields } from './field-ownership.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { checkFence, isOfScope } from './write-stamp.ts';
import { applyWhenServed } from './apply-when-served.ts';
import { CONFLICT_TRIES, isFieldConflict, isThere } from './preconditions.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';
import { updateObject } from './update-object.ts';

/** A version that no object has: with it, an apply makes what is not there and refuses where something is. */
const NONE = '1';

export function onlyNew(object: KubeObject): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: NONE } };
}

/**
 * Makes an object where the plan has seen none. What is there by now is written over only where it is our own doing: this
 * write, whose answer was lost, or that of a holder before us.
 */
export async function createObject(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { cluster, settings, ending } = context;
  for (let tries = 1; ; tries++) {
    try {
      return await applyWhenServed(onlyNew(body), entry, context);
    } catch (error) {
      if (tries >= CONFLICT_TRIES || ending.aborted || !isThere(error)) throw error;
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

/** By the stamp where there is one, else by the owner's mark; whoever has neither goes by the fields. */
function isOurDoing(live: KubeObject, settings: Settings): boolean {
  if (settings.stamp !== undefined) return isOfScope(live, settings.stamp);
  if (settings.owner === undefined) return ownedFields(live, settings.manager) !== '';
  const claim = claimOn(live, settings);
  return claim.may && !claim.adopts;
}
