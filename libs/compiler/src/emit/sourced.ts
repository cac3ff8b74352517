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
  const value = walk(draft, '', sources);
  return { value: value as JsonObject, sources };
}

function walk(draft: Draft, pointer: string, sources: { pointer: string; path: string }[]): JsonValue | undefined {
  if (typeof draft !== 'object' || draft === null) return draft;
  if (isSourced(draft)) {
    if (draft.value !== undefined) sources.push({ pointer, path: draft[PATH] });
    return walk(draft.value, pointer, sources);
  }
  if (Array.isArray(draft)) {
    const items = (draft as readonly Draft[]).filter((item) => item !== undefined);
    return items.map((item, index) => walk(item, `${pointer}/${index}`, sources) ?? null);
  }
  const result: Record<string, JsonValue> = {};
  for (const [key, item] of Object.entries(draft as DraftRecord)) {
    const value = walk(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, sources);
    if (value !== undefined) result[key] = value;
  }
  return result;
}

function isSourced(draft: object): draft is Sourced {
  return PATH in draft;
}
