import type { CallOptions, KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId, objectId, objectKey } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import type { InventoryEntry } from '../deploy-result.ts';
import { keptForOther, takenBy } from '../ownership/claim.ts';
import { claimLossRefusal } from '../ownership/template-claims.ts';
import { isKeptAside } from '../prune/kept-aside.ts';
import { isReplacedInKind } from '../prune/replaced-in-kind.ts';
import { reasonToKeep } from '../prune/reason-to-keep.ts';
import { digest } from './plan-hash.ts';
import type { PlanEntry } from './plan.ts';

export interface PlannedDeletion {
  readonly entry: PlanEntry;
  readonly live: KubeObject;
  /** Why it is not deleted, unless it contends with something wanted. */
  readonly refusal: Failure | undefined;
}

export interface PlannedDeletions {
  readonly deletions: readonly PlannedDeletion[];
  /** What stays although nobody wants it, and why. */
  readonly kept: readonly Failure[];
}

/** What of the inventory, or of the contenders alone, is no longer wanted, still there, and may go. */
export async function planDeletions(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<PlannedDeletions> {
  const { inventory = [], prune, contenders } = settings;
  const replaced = inventory.filter(({ object }) => isReplacedInKind(object, objects));
  const candidates = prune ? inventory : (contenders ?? replaced);
  // Wanting nothing at all is a removal, which is asked for separately.
  if (candidates.length === 0 || objects.length === 0) return { deletions: [], kept: [] };
  const wanted = new Set(objects.map((object) => objectKey(objectId(object))));
  const unwanted = candidates.filter(
    ({ object }) => !wanted.has(objectKey(object)) && !isKeptAside(object, objects, settings),
  );
  const found = await Promise.all(unwanted.map((entry) => planDeletion(entry, cluster, settings, call)));
  return {
    deletions: found.flatMap(({ deletion }) => deletion ?? []),
    kept: found.flatMap(({ kept }) => kept ?? []),
  };
}

async function planDeletion(
  { object: id, uid }: InventoryEntry,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<{ readonly deletion?: PlannedDeletion; readonly kept?: Failure }> {
  try {
    const live = await cluster.get(id, call);
    if (live === undefined || live.metadata.uid !== uid) return {};
    // Who only looks whether it was deleted finds it on its way out.
    if (settings.observeOnly === true && live.metadata.deletionTimestamp !== undefined) return {};
    const by = takenBy(live, settings);
    if (by !== undefined)
      return { kept: { code: 'NAME_TAKEN', message: keptForOther(id, by), object: id, evidence: [] } };
    const reason = reasonToKeep(live, id, settings);
    if (reason !== undefined) {
      const remedy = 'confirm its deletion by name, or leave it';
      return { kept: { code: 'PRUNE_REFUSED', message: reason, object: id, remedy, evidence: [] } };
    }
    const nothing = digest(settings.digestKey, null);
    const base = { object: id, action: 'delete', uid, changes: [], warnings: [], verified: true } as const;
    return {
      deletion: {
        entry: { ...base, desiredDigest: nothing, changeDigest: nothing },
        live,
        refusal: claimLossRefusal(live, settings),
      },
    };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const failure = failureOfApiError(error, id);
    return { kept: { ...failure, message: `${formatObjectId(id)} cannot be looked at: ${failure.message}` } };
  }
}
