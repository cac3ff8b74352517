import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError, isUnreachable } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { claimOn, takenFailure } from '../ownership/claim.ts';
import { claimsBeyond, claimsOf, wasMadeFor } from '../ownership/template-claims.ts';
import { digest } from './plan-hash.ts';
import type { PlanEntry } from './plan.ts';
import type { PlannedObject } from '../apply/plan-object.ts';
import type { LiveRead } from '../apply/read-live.ts';
import { readOne } from '../apply/read-live.ts';

export interface PlannedClaims {
  /** Claims that become ours. */
  readonly entries: readonly PlanEntry[];
  readonly problems: readonly Failure[];
  /** Of claims that may not be looked at. */
  readonly warnings: readonly Failure[];
}

interface ClaimRead extends LiveRead {
  readonly id: ObjectId;
}

/**
 * A StatefulSet mounts the claims of its pods' names, whoever made them: another one's data is not mounted unasked. So
 * those of pods that it does not have yet are judged: all where it is made, the further ones where it gets more replicas
 * or other templates. The claims of sets that are not in the inventory are looked at in the same round as all else.
 *
 * @returns given the objects as they were planned, what is to be said of the claims that are reached for
 */
export function planClaims(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): (planned: readonly PlannedObject[]) => Promise<PlannedClaims> {
  const known = new Set(settings.inventory?.map(({ object }) => objectKey(object)));
  const sets = settings.owner === undefined ? [] : objects.filter((object) => claimsOf(object).length > 0);
  const readClaims = (claims: readonly ObjectId[]): Promise<readonly ClaimRead[]> =>
    Promise.all(claims.map(async (id) => ({ id, ...(await readOne(id, cluster, call)) })));
  const early = new Map(
    sets
      .filter((set) => !known.has(objectKey(objectId(set))))
      .map((set) => [objectKey(objectId(set)), readClaims(claimsOf(set))] as const),
  );
  // Whoever asks for it gets the error.
  for (const reads of early.values()) reads.catch(() => undefined);
  return async (planned) => {
    const byKey = new Map(planned.map((item) => [objectKey(item.entry.object), item]));
    const found = await Promise.all(
      sets.map(async (set) => {
        const key = objectKey(objectId(set));
        const item = byKey.get(key);
        const reached = claimsBeyond(set, item?.live);
        if (reached.length === 0) return NOTHING;
        const wanted = new Set(reached.map(objectKey));
        const reads = (await (early.get(key) ?? readClaims(reached))).filter(({ id }) => wanted.has(objectKey(id)));
        const isOurs = known.has(key) || (item?.live !== undefined && item.entry.adopts !== true);
        return judge({ set, live: item?.live, isOurs }, reads, settings);
      }),
    );
    return {
      entries: found.flatMap((each) => each.entries),
      problems: found.flatMap((each) => each.problems),
      warnings: found.flatMap((each) => each.warnings),
    };
  };
}

const NOTHING: PlannedClaims = { entries: [], problems: [], warnings: [] };

interface JudgedSet {
  readonly set: KubeObject;
  readonly live: KubeObject | undefined;
  /** The set is ours by now, or was: what was made for it is ours as well, marked or not. */
  readonly isOurs: boolean;
}

function judge(
  { set, live: liveSet, isOurs }: JudgedSet,
  reads: readonly ClaimRead[],
  settings: Settings,
): PlannedClaims {
  const entries: PlanEntry[] = [];
  const problems: Failure[] = [];
  const warnings: Failure[] = [];
  const mounts = `${formatObjectId(objectId(set))} would mount it`;
  for (const { id, live, error } of reads) {
    if (error !== undefined) {
      const failure = failureOfApiError(error, id);
      const message = `it cannot be seen whether ${formatObjectId(id)} exists already, and ${mounts}: ${failure.message}`;
      (isUnreachable(failure) ? problems : warnings).push({ ...failure, message });
      continue;
    }
    const claim = live === undefined ? undefined : claimOn(live, settings);
    if (live === undefined || claim === undefined) continue;
    if (claim.may && claim.adopts) entries.push(adoption(id, live, settings));
    const isLeft = isOurs && !claim.may && claim.by === undefined && wasMadeFor(live, liveSet ?? set);
    if (claim.may || isLeft) continue;
    const failure = takenFailure(live, claim.by);
    problems.push({ ...failure, message: `${failure.message}; ${mounts}` });
  }
  return { entries, problems, warnings };
}

function adoption(id: ObjectId, { metadata }: KubeObject, { digestKey }: Settings): PlanEntry {
  const { uid, resourceVersion } = metadata;
  const nothing = digest(digestKey, null);
  return {
    object: id,
    action: 'unchanged',
    changes: [],
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    desiredDigest: nothing,
    changeDigest: nothing,
    verified: true,
    adopts: true,
    warnings: [],
  };
}
