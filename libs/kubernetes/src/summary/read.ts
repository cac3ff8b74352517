import type { JsonObject } from '../json.ts';
import { isJsonObject, valueAt } from '../json.ts';

type Path = readonly (string | number)[];

export function textAt(value: unknown, path: Path): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}

export function listAt(value: unknown, path: Path): JsonObject[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isJsonObject) : [];
}
