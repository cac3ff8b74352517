import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject } from '../json.ts';

const TOP_LEVEL = ['apiVersion', 'kind', 'metadata', 'spec', 'type', 'data', 'stringData', 'binaryData'];
const METADATA = ['name', 'namespace', 'labels', 'annotations'];
const NAMED_FIRST = ['name', 'image'];
/** The key that what stands in a list has. */
export const LIST_ITEM = '[]';

/** A copy with keys in a fixed order: the usual ones first where people look for them, the rest by alphabet. */
export function orderKeys(value: JsonValue): JsonValue {
  return order(value, '');
}

/** The keys of a map in that order; `key` is the one it stands under, empty at the top. */
export function orderedKeys(value: JsonObject, key: string): readonly string[] {
  const first = leadingKeys(value, key).filter((name) => value[name] !== undefined);
  const rest = Object.keys(value).filter((name) => value[name] !== undefined && !first.includes(name));
  return [...first, ...rest.sort()];
}

/** `key` is the one the value stands under; empty at the top. */
function order(value: JsonValue, key: string): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => order(item, LIST_ITEM));
  if (!isJsonObject(value)) return value;
  const result: Record<string, JsonValue> = {};
  for (const name of orderedKeys(value, key)) place(result, name, value[name]);
  return result;
}

function place(result: Record<string, JsonValue>, name: string, value: JsonValue | undefined): void {
  if (value === undefined) return;
  // Plain assignment would call a setter for this one name.
  if (name === '__proto__')
    Object.defineProperty(result, name, {
      value: order(value, name),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else result[name] = order(value, name);
}

function leadingKeys(value: JsonObject, key: string): readonly string[] {
  if (key === '' || (value['apiVersion'] !== undefined && value['kind'] !== undefined)) return TOP_LEVEL;
  if (key === 'metadata') return METADATA;
  return key === LIST_ITEM ? NAMED_FIRST : [];
}
