import { isJsonObject, valueAt, type JsonObject, type JsonValue } from '@ushadow/kubernetes';

type Path = readonly (string | number)[];

/** Reads what a cluster sent without trusting its shape: anything of another type counts as absent. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}

export function listAt(value: unknown, ...path: Path): readonly JsonValue[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? (found as readonly JsonValue[]) : [];
}

export function textMapAt(value: unknown, ...path: Path): ReadonlyMap<string, string> {
  const found = valueAt(value, path);
  const entries: [string, JsonValue | undefined][] = isJsonObject(found) ? Object.entries(found as JsonObject) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
