import { isJsonObject, valueAt, type JsonObject, type JsonValue } from '@ushadow/kubernetes/json';

type Path = readonly (string | number)[];

/** Kubernetes' own limits, so that what is kept of an object stays small whatever a cluster sends. */
const TEXT_MAX = 512;
const WORD_MAX = 63;
const KEPT_MAX = 64;

/** Reads what a cluster sent without trusting its shape: anything of another type, or too long, counts as absent. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' && found.length <= TEXT_MAX ? found : undefined;
}

/** A text as short as a label's value or a port's name. */
export function wordAt(value: unknown, ...path: Path): string | undefined {
  const found = textAt(value, ...path);
  return found === undefined || found.length > WORD_MAX ? undefined : found;
}

export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' ? found : undefined;
}

export function listAt(value: unknown, ...path: Path): readonly JsonValue[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? (found as readonly JsonValue[]) : [];
}

/** What is read out of the elements of a list, and no more than any object in use has. */
export function keptOf<T>(list: readonly JsonValue[], read: (element: JsonValue) => T | undefined): readonly T[] {
  const kept: T[] = [];
  for (const element of list) {
    const one = read(element);
    if (one !== undefined && kept.push(one) === KEPT_MAX) break;
  }
  return kept;
}

/** The entries of a map of labels whose keys are wanted. */
export function labelsAt(value: unknown, path: Path, wanted: (key: string) => boolean): ReadonlyMap<string, string> {
  const found = valueAt(value, path);
  const labels = new Map<string, string>();
  if (!isJsonObject(found)) return labels;
  for (const [key, label] of Object.entries(found as JsonObject)) {
    if (typeof label === 'string' && label.length <= WORD_MAX && key.length <= TEXT_MAX && wanted(key)) {
      labels.set(key, label);
    }
    if (labels.size === KEPT_MAX) break;
  }
  return labels;
}
