import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { valueAt } from '@ushadow/kubernetes';

/** True when an object is the CustomResourceDefinition of a kind. */
export function defines(object: KubeObject, id: ObjectId): boolean {
  return (
    object.kind === 'CustomResourceDefinition' &&
    valueAt(object, ['spec', 'group']) === id.group &&
    valueAt(object, ['spec', 'names', 'kind']) === id.kind
  );
}
