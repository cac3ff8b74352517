import type { ObjectId } from '@ushadow/kubernetes';
import { objectKey } from '@ushadow/kubernetes';
import type { Settings } from '../deploy-options.ts';
import { PROTECTED_KINDS } from '../prune/protected-kinds.ts';

export function mayRecreate(id: ObjectId, { recreate }: Pick<Settings, 'recreate'>): boolean {
  if (PROTECTED_KINDS.has(id.kind)) return false;
  if (recreate === 'jobs') return id.kind === 'Job';
  if (typeof recreate === 'string') return recreate === 'all';
  return recreate.some((other) => objectKey(other) === objectKey(id));
}
