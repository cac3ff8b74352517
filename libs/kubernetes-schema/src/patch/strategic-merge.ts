import { isJsonObject } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { kubeSchema } from '../schema/kube-schema.ts';
import type { KubeSchema } from '../schema/kube-schema.ts';
import type { KubeStruct, KubeType } from '../schema/kube-type.ts';
import type { KubeVersion } from '../schema/kube-version.ts';
import type { Path } from '../violation.ts';
import { mergedOrder } from './merged-order.ts';
import { PatchRefused, patchResult } from './patch-result.ts';
import type { PatchResult } from './patch-result.ts';

/**
 * A strategic merge patch as `kubectl patch` applies it: objects merge, null removes, lists merge by the key the API
 * names for them or are replaced. Understands `$patch: delete | replace | merge`, `$retainKeys` and
 * `$deleteFromPrimitiveList/FIELD`; other directives are refused. Custom resources have no keys, so their lists are replaced.
 */
export function strategicMerge(object: KubeObject, patch: JsonObject, kubeVersion: KubeVersion): PatchResult {
  const schema = kubeSchema(kubeVersion);
  const merge = new StrategicMerge(schema);
  const root = schema.kind(object.apiVersion, object.kind);
  return patchResult(() => merge.object(object as unknown as JsonObject, patch, root, []) as unknown as KubeObject);
}

const DELETE_VALUES = '$deleteFromPrimitiveList/';

class StrategicMerge {
  readonly #schema: KubeSchema;

  constructor(schema: KubeSchema) {
    this.#schema = schema;
  }

  object(own: JsonObject, patch: JsonObject, struct: KubeStruct | undefined, path: Path): JsonObject {
    const directive = this.#directive(patch, path);
    if (directive === 'delete') return {};
    const base = directive === 'replace' ? {} : retained(own, patch, path);
    const merged: Record<string, JsonValue | undefined> = { ...base };
    for (const [key, change] of Object.entries(patch)) {
      if (key.startsWith('$')) this.#deleteValues(merged, key, change, path);
      else if (change === null) Reflect.deleteProperty(merged, key);
      else if (change !== undefined)
        merged[key] = this.#value(merged[key], change, struct?.fields.get(key)?.type, [...path, key]);
    }
    return merged;
  }

  #directive(patch: JsonObject, path: Path): 'merge' | 'replace' | 'delete' {
    const given = patch.$patch ?? 'merge';
    if (given === 'merge' || given === 'replace' || given === 'delete') return given;
    throw new PatchRefused([...path, '$patch'], 'must be merge, replace or delete');
  }

  #deleteValues(
    merged: Record<string, JsonValue | undefined>,
    key: string,
    values: JsonValue | undefined,
    path: Path,
  ): void {
    if (key === '$patch' || key === '$retainKeys') return;
    if (!key.startsWith(DELETE_VALUES)) throw new PatchRefused([...path, key], `unknown directive ${key}`);
    if (!Array.isArray(values)) throw new PatchRefused([...path, key], 'must be a list');
    const field = key.slice(DELETE_VALUES.length);
    const own = merged[field];
    if (Array.isArray(own)) merged[field] = (own as readonly JsonValue[]).filter((value) => !values.includes(value));
  }

  #value(own: JsonValue | undefined, change: JsonValue, type: KubeType | undefined, path: Path): JsonValue {
    if (isJsonObject(change)) return this.object(isJsonObject(own) ? own : {}, change, this.#structOf(type), path);
    if (!Array.isArray(change)) return change;
    const items = change as readonly JsonValue[];
    const mergeKey = type?.is === 'list' ? type.marks.mergeKey : undefined;
    const list = Array.isArray(own) ? (own as readonly JsonValue[]) : [];
    if (type?.is !== 'list' || mergeKey === undefined) return items.map((item, i) => this.#plain(item, [...path, i]));
    if (mergeKey === '')
      return mergedOrder([...list, ...items.filter((item) => !list.includes(item))], list, items, (item) => item);
    return this.#listByKey(list, items, mergeKey, this.#structOf(type.items), path);
  }

  #structOf(type: KubeType | undefined): KubeStruct | undefined {
    return type?.is === 'named' ? this.#schema.struct(type.name) : undefined;
  }

  #listByKey(
    own: readonly JsonValue[],
    items: readonly JsonValue[],
    key: string,
    struct: KubeStruct | undefined,
    path: Path,
  ): JsonValue {
    const replaces = items.some((item) => isJsonObject(item) && item.$patch === 'replace' && item[key] === undefined);
    const merged = replaces ? [] : [...own];
    for (const [i, item] of items.entries()) {
      if (!isJsonObject(item)) throw new PatchRefused([...path, i], 'must be an object');
      if (replaces && item.$patch === 'replace' && item[key] === undefined) continue;
      this.#intoList(merged, item, key, struct, [...path, i]);
    }
    return mergedOrder(merged, replaces ? [] : own, items, (item) => (isJsonObject(item) ? item[key] : undefined));
  }

  #intoList(list: JsonValue[], item: JsonObject, key: string, struct: KubeStruct | undefined, path: Path): void {
    const wanted = item[key];
    if (wanted === undefined) throw new PatchRefused(path, `must have ${key}, by which entries are merged`);
    const at = list.findIndex((own) => isJsonObject(own) && own[key] === wanted);
    if (item.$patch === 'delete') {
      if (at >= 0) list.splice(at, 1);
      return;
    }
    const own = at >= 0 ? (list[at] as JsonObject) : {};
    list.splice(at >= 0 ? at : list.length, at >= 0 ? 1 : 0, this.object(own, item, struct, path));
  }

  /** What goes in as a whole: nulls and directives of objects are left out. */
  #plain(item: JsonValue, path: Path): JsonValue {
    return isJsonObject(item) ? this.object({}, item, undefined, path) : item;
  }
}

/** With `$retainKeys` only the keys it names stay: how one kind of volume becomes another. */
function retained(own: JsonObject, patch: JsonObject, path: Path): JsonObject {
  const keys = patch.$retainKeys;
  if (keys === undefined) return own;
  if (!Array.isArray(keys)) throw new PatchRefused([...path, '$retainKeys'], 'must be a list');
  return Object.fromEntries(Object.entries(own).filter(([key]) => keys.includes(key)));
}
