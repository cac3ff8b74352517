import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject } from '../json.ts';

const TOP_LEVEL = ['apiVersion', 'kind', 'metadata', 'spec', 'type', 'data', 'stringData', 'binaryData'];
const METADATA = ['name', 'namespace', 'labels', 'annotations'];
const NAMED_FIRST = ['name', 'image'];

/** A copy with keys in a fixed order: the usual ones first where people look for them, the rest by alphabet. */
export function orderKeys(value: JsonValue): JsonValue {
  return order(value, []);
}

function order(value: JsonValue, path: readonly string[]): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => order(item, [...path, '[]']));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
  const first = leadingKeys(value, path);
  entries.sort(([a], [b]) => rank(first, a) - rank(first, b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, child]) => [key, order(child, [...path, key])]));
}

function leadingKeys(value: JsonObject, path: readonly string[]): readonly string[] {
  if (path.length === 0 || (value['apiVersion'] !== undefined && value['kind'] !== undefined)) return TOP_LEVEL;
  const key = path.at(-1);
  if (key === 'metadata') return METADATA;
  return key === '[]' ? NAMED_FIRST : [];
}

function rank(first: readonly string[], key: string): number {
  const index = first.indexOf(key);
  return index < 0 ? first.length : index;
}
