import type { CallOptions, KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import { failureOfApiError, isLossOfSight } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import type { Failure } from '../failure.ts';
import { claimOn, takenFailure } from '../ownership/claim.ts';
import { claimsOf } from '../ownership/template-claims.ts';
import { digest } from './plan-hash.ts';
import type { PlanEntry } from './plan.ts';
import type { LiveRead } from './read-live.ts';
import { readOne } from './read-live.ts';

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
 * A StatefulSet that is made, or made anew, mounts the claims of its pods' names, whoever made them: another one's data is not mounted
 * unasked. The claims of sets that are not in the inventory are looked at in the same round as all else. Of one that is, and
 * has gone, unmarked claims are what it has left.
 *
 * @returns given the entries of the objects, what is to be said of the claims of those that are made
 */
export function planClaims(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): (entries: readonly PlanEntry[]) => Promise<PlannedClaims> {
  const known = new Set(settings.inventory?.map(({ object }) => objectKey(object)));
  const sets = settings.owner === undefined ? [] : objects.filter((object) => claimsOf(object).length > 0);
  const look = (set: KubeObject): Promise<readonly ClaimRead[]> =>
    Promise.all(claimsOf(set).map(async (id) => ({ id, ...(await readOne(id, cluster, call)) })));
  const early = new Map(
    sets.filter((set) => !known.has(objectKey(objectId(set)))).map((set) => [set, look(set)] as const),
  );
  // Whoever asks for it gets the error.
  for (const reads of early.values()) reads.catch(() => undefined);
  return async (entries) => {
    // One that is made anew may have other templates than the one that is there.
    const isMade = ({ action }: PlanEntry): boolean => action === 'create' || action === 'recreate';
    const made = new Set(entries.filter(isMade).map(({ object }) => objectKey(object)));
    const found = await Promise.all(
      sets
        .filter((set) => made.has(objectKey(objectId(set))))
        .map(async (set) => {
          const read = early.get(set);
          return judge(set, await (read ?? look(set)), read === undefined, settings);
        }),
    );
    return {
      entries: found.flatMap((each) => each.entries),
      problems: found.flatMap((each) => each.problems),
      warnings: found.flatMap((each) => each.warnings),
    };
  };
}

function judge(set: KubeObject, reads: readonly ClaimRead[], hasBeenOurs: boolean, settings: Settings): PlannedClaims {
  const entries: PlanEntry[] = [];
  const problems: Failure[] = [];
  const warnings: Failure[] = [];
  const mounts = `${formatObjectId(objectId(set))} would mount it`;
  for (const { id, live, error } of reads) {
    if (error !== undefined) {
      const failure = failureOfApiError(error, id);
      const message = `it cannot be seen whether ${formatObjectId(id)} exists already, and ${mounts}: ${failure.message}`;
      (isLossOfSight(failure) ? problems : warnings).push({ ...failure, message });
      continue;
    }
    const claim = live === undefined ? undefined : claimOn(live, settings);
    if (live === undefined || claim === undefined) continue;
    if (claim.may && claim.adopts) entries.push(adoption(id, live, settings));
    if (claim.may || (hasBeenOurs && claim.by === undefined)) continue;
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
