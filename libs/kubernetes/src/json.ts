export type JsonPrimitive = string | number | boolean | null;
export type JsonValue = JsonPrimitive | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Narrows to a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A record's own entry: keys are anybody's, and `constructor` is one that every object inherits. */
export function own<V>(record: Readonly<Record<string, V>> | undefined, key: string): V | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The value at a path of keys and indexes, or undefined where the path ends early. */
export function valueAt(value: unknown, path: readonly (string | number)[]): JsonValue | undefined {
  let current: unknown = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current as JsonValue | undefined;
}

/** A text at a path; empty where there is none. */
export function textAt(value: unknown, path: readonly (string | number)[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

/** A number at a path, or what to assume where there is none. */
export function numberAt(value: unknown, path: readonly (string | number)[], absent = 0): number {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : absent;
}

/** The JSON objects of a list at a path; empty where there is none. */
export function listAt(value: unknown, path: readonly (string | number)[]): JsonObject[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}
