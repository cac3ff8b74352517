import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { checkClaim } from '../ownership/claim.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { checkFence } from './write-stamp.ts';
import { applyWhenServed } from './apply-when-served.ts';
import { CONFLICT_TRIES, isFieldConflict, isThere } from './preconditions.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';

/**
 * Changes the very object that was planned for: the uid keeps us from taking over one that somebody has made anew. With
 * a stamp or an owner it must also be the version that was looked at, so that nothing is written over a later holder's
 * work or what has become somebody else's; when others have touched it, it is looked at again.
 */
export async function updateObject(body: KubeObject, entry: PlanEntry, context: RunContext): Promise<WriteOutcome> {
  const { settings, ending } = context;
  const isExact = settings.stamp !== undefined || settings.owner !== undefined;
  let version = isExact ? entry.resourceVersion : undefined;
  for (let tries = 1; ; tries++) {
    const ids = { uid: entry.uid ?? '', ...(version === undefined ? {} : { resourceVersion: version }) };
    try {
      return await applyWhenServed({ ...body, metadata: { ...body.metadata, ...ids } }, entry, context);
    } catch (error) {
      if (version === undefined || tries >= CONFLICT_TRIES || ending.aborted || !isThere(error)) throw error;
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
