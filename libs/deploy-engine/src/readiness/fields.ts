import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, valueAt } from '@ushadow/kubernetes';

/** A number in the object, or what to assume where it is absent. */
export function numberAt(object: unknown, path: readonly string[], absent = 0): number {
  const value = valueAt(object, path);
  return typeof value === 'number' ? value : absent;
}

export function textAt(value: unknown, path: readonly (string | number)[]): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

export interface Condition {
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const conditions = listAt(object, ['status', 'conditions']);
  const found = conditions.find((condition) => condition['type'] === type);
  if (found === undefined) return undefined;
  return { status: textAt(found, ['status']), reason: textAt(found, ['reason']), message: textAt(found, ['message']) };
}

/** The JSON objects of a list; empty where there is none. */
export function listAt(value: unknown, path: readonly (string | number)[]): JsonObject[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
