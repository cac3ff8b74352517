import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { isClaimOf } from '../ownership/template-claims.ts';

/**
 * What of the inventory stays without a warning although no object of it is wanted: Jobs that have done their work, and claims
 * that a wanted StatefulSet has made for its pods.
 */
export function isKeptAside(
  id: ObjectId,
  wanted: readonly KubeObject[],
  { completed = [] }: Pick<Settings, 'completed'>,
): boolean {
  if (id.kind === 'Job') return completed.some((other) => objectKey(other) === objectKey(id));
  return wanted.some((object) => isClaimOf(id, object));
}
