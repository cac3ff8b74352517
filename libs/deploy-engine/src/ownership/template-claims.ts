import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, listAt, numberAt, objectId, objectKey, textAt, valueAt } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import type { Settings } from '../deploy-options.ts';

/** The claims that a StatefulSet makes of its templates for as many pods as are wanted, and mounts where they exist already. */
export function claimsOf(object: KubeObject): ObjectId[] {
  const { name, namespace } = object.metadata;
  const replicas = numberAt(object, ['spec', 'replicas'], 1);
  const first = numberAt(object, ['spec', 'ordinals', 'start']);
  const ordinals = Array.from({ length: replicas }, (_, index) => first + index);
  return templatesOf(object).flatMap((template) =>
    ordinals.map((ordinal) => ({
      group: '',
      version: 'v1',
      kind: 'PersistentVolumeClaim',
      ...(namespace === undefined ? {} : { namespace }),
      name: `${template}-${name}-${ordinal}`,
    })),
  );
}

/** Those of them that it does not mount as it is live: of pods it does not have yet, of templates it did not have. */
export function claimsBeyond(wanted: KubeObject, live: KubeObject | undefined): ObjectId[] {
  const mounted = new Set(live === undefined ? [] : claimsOf(live).map(objectKey));
  return claimsOf(wanted).filter((id) => !mounted.has(objectKey(id)));
}

/**
 * True for a claim that the controller has made for this StatefulSet: it bears the labels of its selector, as all those do
 * and as good as none of other people, and is not older than it.
 */
export function wasMadeFor(claim: KubeObject, set: KubeObject): boolean {
  const labels = Object.entries(valueAt(set, ['spec', 'selector', 'matchLabels']) ?? {});
  const isLabelled = labels.length > 0 && labels.every(([key, value]) => claim.metadata.labels?.[key] === value);
  return isLabelled && !(createdAt(claim) < createdAt(set));
}

/** NaN where it is not known, as of what is not there. */
function createdAt({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp ?? '');
}

/** True for a claim of a StatefulSet's templates, for whichever of its pods. */
export function isClaimOf(id: ObjectId, object: KubeObject): boolean {
  const { name, namespace } = object.metadata;
  if (id.kind !== 'PersistentVolumeClaim' || id.namespace !== namespace) return false;
  const stem = id.name.replace(/-\d+$/, '');
  return stem !== id.name && templatesOf(object).some((template) => stem === `${template}-${name}`);
}

/** Why a StatefulSet is not deleted although nobody wants it: claims would go with it whose deletion nobody has confirmed. */
export function claimLossRefusal(
  set: KubeObject,
  { inventory = [], confirmDelete = [] }: Pick<Settings, 'inventory' | 'confirmDelete'>,
): Failure | undefined {
  const lost = claimsLostWith(set);
  if (lost === undefined) return undefined;
  const confirmed = new Set(confirmDelete.map(objectKey));
  const claims = [...claimsOf(set), ...inventory.map(({ object }) => object).filter((id) => isClaimOf(id, set))];
  if (claims.every((id) => confirmed.has(objectKey(id)))) return undefined;
  const remedy = `${lost.remedy}, or have its claims removed with it`;
  return { code: 'PRUNE_REFUSED', message: lost.message, object: objectId(set), remedy, evidence: [] };
}

/** Why a StatefulSet must not be deleted to be made anew: it says that its claims go with it. */
export function claimsLostWith(set: KubeObject): { readonly message: string; readonly remedy: string } | undefined {
  const policy = ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'];
  if (templatesOf(set).length === 0 || textAt(set, policy) !== 'Delete') return undefined;
  return {
    message: `${formatObjectId(objectId(set))} would have to be deleted, and the claims of its pods with it: ${policy.join('.')} is Delete`,
    remedy: 'deploy it with whenDeleted: Retain first',
  };
}

function templatesOf(object: KubeObject): string[] {
  if (object.kind !== 'StatefulSet') return [];
  return listAt(object, ['spec', 'volumeClaimTemplates']).map((template) => textAt(template, ['metadata', 'name']));
}
