import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { listAt, numberAt, textAt } from '../readiness/fields.ts';

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

/** True for a claim of a StatefulSet's templates, for whichever of its pods. */
export function isClaimOf(id: ObjectId, object: KubeObject): boolean {
  const { name, namespace } = object.metadata;
  if (id.kind !== 'PersistentVolumeClaim' || id.namespace !== namespace) return false;
  const stem = id.name.replace(/-\d+$/, '');
  return stem !== id.name && templatesOf(object).some((template) => stem === `${template}-${name}`);
}

function templatesOf(object: KubeObject): string[] {
  if (object.kind !== 'StatefulSet') return [];
  return listAt(object, ['spec', 'volumeClaimTemplates']).map((template) => textAt(template, ['metadata', 'name']));
}
