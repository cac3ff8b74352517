import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, listAt, valueAt } from '@ushadow/kubernetes';
import { withoutStampFields } from './write-stamp.ts';

/** Canonical text of the fields a manager owns by apply, stamps aside; empty when it owns none. */
export function ownedFields(object: KubeObject, manager: string): string {
  const fields = applyEntry(object, manager)?.['fieldsV1'];
  return fields === undefined ? '' : canonicalJson(withoutStampFields(fields));
}

/** True when a manager owns a field of an object's spec by apply. */
export function ownsInSpec(object: KubeObject, manager: string, field: string): boolean {
  const entry = applyEntry(object, manager);
  return valueAt(entry, ['fieldsV1', 'f:spec', `f:${field}`]) !== undefined;
}

function applyEntry(object: KubeObject, manager: string): JsonObject | undefined {
  return listAt(object, ['metadata', 'managedFields']).find(
    (entry) => entry['manager'] === manager && entry['operation'] === 'Apply' && !entry['subresource'],
  );
}
