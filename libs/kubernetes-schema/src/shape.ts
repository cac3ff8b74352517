import { isJsonObject } from '@ushadow/kubernetes';
import type { JsonObject, JsonValue } from '@ushadow/kubernetes';

/** Readers for rules: what has the wrong type is the schema's finding, so here it counts as absent. */

export function objectsIn(value: unknown): readonly (readonly [index: number, item: JsonObject])[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly JsonValue[]).flatMap((item, index) => (isJsonObject(item) ? [[index, item] as const] : []));
}

export function objectAt(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function listAt(value: unknown): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** The empty string is what Kubernetes takes for absent. */
export function textAt(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberAt(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Calls back with every index whose key was seen before; undefined keys are skipped. */
export function eachRepeated<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
  report: (item: T, key: string) => void,
): void {
  const seen = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    if (seen.has(key)) report(item, key);
    seen.add(key);
  }
}
