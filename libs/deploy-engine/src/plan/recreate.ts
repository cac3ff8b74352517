import type { ObjectId } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';

/** Kinds that hold data or other objects: deleting them to change a field is never the answer. */
const NEVER = new Set(['PersistentVolumeClaim', 'PersistentVolume', 'Namespace', 'CustomResourceDefinition']);

export function mayRecreate(id: ObjectId, settings: Pick<Settings, 'recreate'>): boolean {
  const { recreate = 'none' } = settings;
  if (NEVER.has(id.kind) || recreate === 'none') return false;
  return recreate === 'all' || recreate.some((other) => objectKey(other) === objectKey(id));
}
