import type { ObjectId } from './object-id.ts';
import type { ResourceMapping } from './resource-table.ts';

/** `/api/v1` or `/apis/GROUP/VERSION`. */
export function groupVersionPath(id: Pick<ObjectId, 'group' | 'version'>): string {
  return id.group === '' ? `/api/${id.version}` : `/apis/${id.group}/${id.version}`;
}

/** Path of all objects of a kind: in one namespace, or everywhere when the id names none. */
export function collectionPath(id: Omit<ObjectId, 'name' | 'kind'>, mapping: ResourceMapping): string {
  const scope =
    mapping.namespaced && id.namespace !== undefined ? `/namespaces/${encodeURIComponent(id.namespace)}` : '';
  return `${groupVersionPath(id)}${scope}/${mapping.plural}`;
}

export function objectPath(id: ObjectId, mapping: ResourceMapping): string {
  return `${collectionPath(id, mapping)}/${encodeURIComponent(id.name)}`;
}
