import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, KubernetesApiError, objectId, OWNER_ANNOTATION } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { Settings } from '../deploy-options.ts';
import type { Ownership } from './ownership-of.ts';
import { ownershipOf } from './ownership-of.ts';

/** What decides whether an object may be written. */
export type OwnershipSettings = Pick<Settings, 'owner' | 'inventory' | 'adopt' | 'adoptFrom'>;

export type Claim =
  | { readonly may: true; readonly adopts: boolean }
  /** `by`: who holds it; undefined where nobody is known to. */
  | { readonly may: false; readonly by: string | undefined };

const OURS: Claim = { may: true, adopts: false };
const ADOPTED: Claim = { may: true, adopts: true };

/** Whether a live object is ours to change, or is to become so. Without an owner nothing is asked. */
export function claimOn(live: KubeObject, settings: OwnershipSettings): Claim {
  const { owner, inventory = [], adopt = [], adoptFrom = [] } = settings;
  if (owner === undefined) return OURS;
  const uids = new Set(inventory.map(({ uid }) => uid));
  const ownership = ownershipOf(live, owner, uids);
  if (ownership.is === 'ours') return OURS;
  if (isOfGone(ownership, adoptFrom)) return ADOPTED;
  if (ownership.is === 'foreign') return { may: false, by: ownership.by };
  return isNamed(objectId(live), adopt) ? ADOPTED : { may: false, by: undefined };
}

/** Who else holds an object of the inventory by now; undefined while it is still ours to delete. */
export function takenBy(live: KubeObject, settings: OwnershipSettings): string | undefined {
  const { owner, inventory = [], adoptFrom = [] } = settings;
  if (owner === undefined) return undefined;
  const ownership = ownershipOf(live, owner, new Set(inventory.map(({ uid }) => uid)));
  return ownership.is === 'foreign' && !isOfGone(ownership, adoptFrom) ? ownership.by : undefined;
}

/** A stack whose registration is lost has nobody who could speak for it. */
function isOfGone(ownership: Ownership, gone: readonly string[]): boolean {
  return ownership.is === 'foreign' && ownership.stack !== undefined && gone.includes(ownership.stack);
}

function isNamed({ kind, name, namespace }: ObjectId, ids: readonly ObjectId[]): boolean {
  return ids.some((id) => id.kind === kind && id.name === name && id.namespace === namespace);
}

/** Reason of the errors by which a write ends that meets somebody else's object. */
export const NAME_TAKEN_REASON = 'NameTaken';

/** @throws KubernetesApiError with the reason `NameTaken` when the object is not ours */
export function checkClaim(live: KubeObject, settings: OwnershipSettings): void {
  const claim = claimOn(live, settings);
  if (claim.may) return;
  const message = takenMessage(objectId(live), claim.by);
  throw new KubernetesApiError({ httpStatus: 409, reason: NAME_TAKEN_REASON, message });
}

export function takenMessage(id: ObjectId, by: string | undefined): string {
  const what = formatObjectId(id);
  return by === undefined ? `${what} exists already, and nothing marks it as this stack’s` : `${what} is taken: ${by}`;
}

/** Of an object that is no longer wanted, and not deleted either. */
export function keptForOther(id: ObjectId, by: string): string {
  return `${takenMessage(id, by)}; it stays, and is not this stack’s any more`;
}

export function takenFailure(live: KubeObject, by: string | undefined): Failure {
  const id = objectId(live);
  const elsewhere = 'deploy into another namespace (-n)';
  const mark = live.metadata.annotations?.[OWNER_ANNOTATION];
  return {
    code: 'NAME_TAKEN',
    message: takenMessage(id, by),
    object: id,
    remedy: by === undefined ? `${elsewhere}, or take it over by name: --adopt ${id.kind}/${id.name}` : elsewhere,
    evidence:
      mark === undefined ? [] : [{ kind: 'field', path: `metadata.annotations.${OWNER_ANNOTATION}`, value: mark }],
  };
}
