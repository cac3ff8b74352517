import { jsonPointer } from '@ushadow/compose';
import type { JsonObject, JsonPrimitive, JsonValue } from '@ushadow/kubernetes';

const PATH = Symbol('path');

/** A value together with the Compose node it comes from. */
export interface Sourced {
  readonly [PATH]: string;
  readonly value: Draft;
}

/** JSON under construction: undefined fields vanish, sourced values leave their origin in the source map. */
export type Draft = JsonPrimitive | undefined | readonly Draft[] | DraftRecord | Sourced;
export interface DraftRecord {
  readonly [key: string]: Draft;
}

/** Marks a value, and everything in it that is not marked itself, as coming from `path`. */
export function from(path: string, value: Draft): Sourced {
  return { [PATH]: path, value };
}

/** The list, or undefined when there is nothing in it. */
export function some<T extends Draft>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The record, or undefined when no field of it is defined. */
export function filled(record: DraftRecord): DraftRecord | undefined {
  return Object.values(record).some((value) => value !== undefined) ? record : undefined;
}

export interface Settled {
  readonly value: JsonObject;
  /** JSON pointer in the value to JSON pointer in the Compose project. */
  readonly sources: readonly { readonly pointer: string; readonly path: string }[];
}

/** Plain JSON, and where its parts come from. */
export function settle(draft: DraftRecord | Sourced): Settled {
  const sources: { pointer: string; path: string }[] = [];
  const value = walk(draft, [], sources);
  return { value: value as JsonObject, sources };
}

/** `trail` holds the keys down to the draft; a pointer is written only where there is something to say. */
function walk(draft: Draft, trail: (string | number)[], sources: Sources): JsonValue | undefined {
  if (typeof draft !== 'object' || draft === null) return draft;
  if (isSourced(draft)) {
    if (draft.value !== undefined) sources.push({ pointer: jsonPointer(trail), path: draft[PATH] });
    return walk(draft.value, trail, sources);
  }
  return Array.isArray(draft)
    ? walkList(draft as readonly Draft[], trail, sources)
    : walkRecord(draft as DraftRecord, trail, sources);
}

type Sources = { pointer: string; path: string }[];

function walkList(list: readonly Draft[], trail: (string | number)[], sources: Sources): JsonValue {
  const items: JsonValue[] = [];
  for (const item of list) {
    if (item === undefined) continue;
    trail.push(items.length);
    items.push(walk(item, trail, sources) ?? null);
    trail.pop();
  }
  return items;
}

function walkRecord(record: DraftRecord, trail: (string | number)[], sources: Sources): JsonValue {
  const result: Record<string, JsonValue> = {};
  for (const key of Object.keys(record)) {
    trail.push(key);
    const value = walk(record[key], trail, sources);
    trail.pop();
    if (value === undefined) continue;
    // Plain assignment would call a setter for this one name.
    if (key === '__proto__')
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
    else result[key] = value;
  }
  return result;
}

function isSourced(draft: object): draft is Sourced {
  return PATH in draft;
}
