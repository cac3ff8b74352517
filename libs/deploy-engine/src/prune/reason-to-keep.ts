import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { formatObjectId, objectKey } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { KEEP_ANNOTATION, PROTECTED_KINDS } from './protected-kinds.ts';

/** Why an object of ours is not deleted although nobody wants it any more; undefined: it may go. */
export function reasonToKeep(
  live: KubeObject | undefined,
  id: ObjectId,
  { confirmDelete }: Pick<Settings, 'confirmDelete'>,
): string | undefined {
  const isConfirmed = confirmDelete?.some((other) => objectKey(other) === objectKey(id)) === true;
  if (PROTECTED_KINDS.has(id.kind) && !isConfirmed)
    return `${formatObjectId(id)} is kept: it may hold data; confirm its deletion by name`;
  if (live?.metadata.annotations?.[KEEP_ANNOTATION] === 'true')
    return `${formatObjectId(id)} is kept: its annotation ${KEEP_ANNOTATION} asks for it`;
  return undefined;
}
