import { jsonPointer } from '@ushadow/compose';
import { canonicalJson, isJsonObject } from '@ushadow/kubernetes';
import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import type { Settled } from '../emit/sourced.ts';
import type { ObjectPatch } from './read-patches.ts';

type Trail = readonly (string | number)[];

/** Where the fields come from that a patch has changed: the deepest part of the patch that leads to each. */
export function patchedSources(before: KubeObject, after: KubeObject, patch: ObjectPatch): Settled['sources'] {
  const changed = changes(before as unknown as JsonValue, after as unknown as JsonValue, []);
  return changed.map((trail) => ({
    pointer: jsonPointer(trail),
    path: patch.path + jsonPointer(within(patch, trail, after)),
  }));
}

/** Nodes that are new or other than they were. What is gone cannot be pointed at. */
function changes(before: JsonValue | undefined, after: JsonValue | undefined, trail: Trail): Trail[] {
  if (after === undefined || same(before, after)) return [];
  if (isJsonObject(after)) {
    const old = isJsonObject(before) ? before : undefined;
    const inner = Object.keys(after).flatMap((key) => changes(old?.[key], after[key], [...trail, key]));
    return old === undefined ? [trail, ...inner] : inner;
  }
  if (!Array.isArray(after)) return [trail];
  if (!Array.isArray(before)) {
    const items = after as readonly JsonValue[];
    return [trail, ...items.flatMap((item, index) => changes(undefined, item, [...trail, index]))];
  }
  const [old, items] = [before as readonly JsonValue[], after as readonly JsonValue[]];
  return items.flatMap((item, index) => changes(counterpart(old, item, index), item, [...trail, index]));
}

/** A named item is compared with the one of its name, wherever that stood. */
function counterpart(list: readonly JsonValue[], item: JsonValue, index: number): JsonValue | undefined {
  if (!isJsonObject(item) || typeof item.name !== 'string') return list[index];
  return list.find((other) => isJsonObject(other) && other.name === item.name);
}

function within({ change }: ObjectPatch, trail: Trail, after: KubeObject): Trail {
  if ('merge' in change) return descend(change.merge, after as unknown as JsonValue, trail);
  const pointer = `${jsonPointer(trail)}/`;
  const at = change.operations.findLastIndex(({ path }) => pointer.startsWith(`${path.replace(/\/-$/, '')}/`));
  return at < 0 ? [] : [at];
}

function descend(patch: JsonValue, after: JsonValue, [step, ...rest]: Trail): Trail {
  if (step === undefined) return [];
  const inner =
    isJsonObject(after) || Array.isArray(after)
      ? (after as Readonly<Record<string | number, JsonValue>>)[step]
      : undefined;
  if (inner === undefined) return [];
  if (isJsonObject(patch)) {
    const next = patch[step];
    return next === undefined ? [] : [step, ...descend(next, inner, rest)];
  }
  if (!Array.isArray(patch)) return [];
  const items = patch as readonly JsonValue[];
  const at = items.findIndex((item) => same(item, inner) || sameName(item, inner));
  const next = items[at];
  return next === undefined ? [] : [at, ...descend(next, inner, rest)];
}

function sameName(a: JsonValue, b: JsonValue): boolean {
  return isJsonObject(a) && isJsonObject(b) && a.name !== undefined && a.name === b.name;
}

function same(a: JsonValue | undefined, b: JsonValue): boolean {
  return a !== undefined && canonicalJson(a) === canonicalJson(b);
}
