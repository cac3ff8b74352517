import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, isJsonObject } from '@ushadow/kubernetes';
import { withoutStampFields } from './write-stamp.ts';

/** Canonical text of the fields a manager owns by apply, stamps aside; empty when it owns none. */
export function ownedFields(object: KubeObject, manager: string): string {
  const entries = object.metadata['managedFields'];
  if (!Array.isArray(entries)) return '';
  const mine = (entries as readonly JsonValue[]).find(
    (entry) =>
      isJsonObject(entry) && entry['manager'] === manager && entry['operation'] === 'Apply' && !entry['subresource'],
  );
  return isJsonObject(mine) && mine['fieldsV1'] !== undefined
    ? canonicalJson(withoutStampFields(mine['fieldsV1']))
    : '';
}
