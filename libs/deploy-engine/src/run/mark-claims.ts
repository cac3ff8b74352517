import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import {
  formatObjectId,
  KubernetesApiError,
  objectId,
  objectKey,
  owned,
  OWNER_ANNOTATION,
  ownerText,
} from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { DeployResult, ObjectChange } from '../deploy-result.ts';
import type { Settings } from '../deploy-options.ts';
import { claimOn, takenMessage } from '../ownership/claim.ts';
import { claimsBeyond, claimsOf, wasMadeFor } from '../ownership/template-claims.ts';
import { CONFLICT_TRIES, isOutdated } from '../apply/preconditions.ts';
import { emitApplied } from '../apply/write-object.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

/** Of the mark alone, so that nothing else of a claim is ever taken for ours. */
const MANAGER_SUFFIX = '-owner';

interface SetClaim {
  readonly id: ObjectId;
  readonly set: KubeObject;
  /** The set has mounted it before this run. */
  readonly isMounted: boolean;
}

/**
 * Controllers make the claims of a StatefulSet's pods, which nobody owns: those that are there get our mark and join what is
 * ours. Of a set in which nothing has changed, those in the inventory already are not looked at. What is nobody's and was
 * not made for the set stays so.
 *
 * @param before the live objects by key, as the run found them
 */
export async function markClaims(
  objects: readonly KubeObject[],
  before: ReadonlyMap<string, KubeObject>,
  result: DeployResult,
  context: RunContext,
): Promise<DeployResult> {
  const { inventory = [], owner } = context.settings;
  if (owner === undefined) return result;
  const outcomes = new Map(
    result.changes.flatMap(({ object, outcome, uid }) => (uid === undefined ? [] : [[objectKey(object), outcome]])),
  );
  const known = new Set(inventory.map(({ object }) => objectKey(object)));
  const claims = objects.flatMap((set): SetClaim[] => {
    const setKey = objectKey(objectId(set));
    const outcome = outcomes.get(setKey);
    if (outcome === undefined) return [];
    const further = new Set(claimsBeyond(set, before.get(setKey)).map(objectKey));
    return claimsOf(set)
      .filter((id) => outcome !== 'unchanged' || !known.has(objectKey(id)))
      .map((id) => ({ id, set, isMounted: !further.has(objectKey(id)) }));
  });
  if (claims.length === 0) return result;
  const settings = { ...context.settings, inventory: [...inventory, ...uidsOf(result.changes)] };
  const marked = await Promise.all(claims.map((claim) => markOne(claim, { ...context, settings })));
  const changes = marked.filter((change) => change !== undefined);
  return {
    ...result,
    changes: [...result.changes, ...changes],
    inventory: [...result.inventory, ...uidsOf(changes)],
  };
}

function uidsOf(changes: readonly ObjectChange[]): { readonly object: ObjectId; readonly uid: string }[] {
  return changes.flatMap(({ object, uid }) => (uid === undefined ? [] : [{ object, uid }]));
}

/** Undefined where there is none, or none of ours. */
async function markOne(wanted: SetClaim, context: RunContext): Promise<ObjectChange | undefined> {
  const { id } = wanted;
  let live: KubeObject | undefined;
  try {
    for (let tries = 1; ; tries++) {
      live = await context.cluster.get(id, callOptions(context));
      const uid = live?.metadata.uid;
      if (live === undefined || uid === undefined) return undefined;
      const message = notOurs(live, wanted, context.settings);
      if (message !== undefined) {
        context.emit({ type: 'warning', code: 'NAME_TAKEN', message, object: id });
        return undefined;
      }
      if (isMarked(live, context.settings)) return { object: id, uid, outcome: 'unchanged' };
      try {
        await mark(live, context);
        return { object: id, uid, outcome: 'configured' };
      } catch (error) {
        if (tries >= CONFLICT_TRIES || !isOutdated(error)) throw error;
      }
    }
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const failure = failureOfApiError(error, id);
    const message = `${formatObjectId(id)} cannot be marked as this stack’s: ${failure.message}`;
    context.emit({ type: 'warning', code: failure.code, message, object: id });
    const uid = live?.metadata.uid;
    return uid === undefined ? undefined : { object: id, uid, outcome: 'unchanged' };
  }
}

/** Why it is not marked; undefined where it is ours, or the set's that is ours. */
function notOurs(live: KubeObject, { id, set, isMounted }: SetClaim, settings: Settings): string | undefined {
  const claim = claimOn(live, settings);
  if (claim.may) return undefined;
  if (claim.by === undefined && (isMounted || wasMadeFor(live, set))) return undefined;
  return takenMessage(id, claim.by);
}

function isMarked({ metadata }: KubeObject, { owner }: Settings): boolean {
  return owner !== undefined && metadata.annotations?.[OWNER_ANNOTATION] === ownerText(owner);
}

/** Nothing but the annotation, of just the version that was looked at. */
async function mark(live: KubeObject, context: RunContext): Promise<void> {
  const { cluster, settings } = context;
  const { name, namespace, uid, resourceVersion } = live.metadata;
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
  const body = owned({ apiVersion: live.apiVersion, kind: live.kind, metadata }, settings.owner);
  const fieldManager = `${settings.manager}${MANAGER_SUFFIX}`;
  const written = await cluster.apply(body, { ...callOptions(context), fieldManager, force: true });
  emitApplied({ ...written, outcome: 'configured' }, context);
}
