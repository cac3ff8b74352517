import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { canonicalJson, isJsonObject } from '@ushadow/kubernetes';
import type { FieldChange } from '../plan/plan.ts';
import { withoutStamps } from './write-stamp.ts';

/** What the server keeps by itself; a difference there is not a change. */
const SERVER_FIELDS = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const SECRET_FIELDS = new Set(['data', 'stringData']);
const MAX_SHOWN = 400;

export interface Comparison {
  /** Fit to show: no secret values. */
  readonly changes: readonly FieldChange[];
  /** The same with all values, for digests only. */
  readonly exact: JsonValue;
}

/**
 * The fields in which an object would differ after the write. For a new object: nothing to show, all of it exact.
 *
 * @param mask of what is shown, before any of it is cut off
 */
export function compareObjects(
  before: KubeObject | undefined,
  after: KubeObject,
  mask: (value: JsonValue) => JsonValue = (value) => value,
): Comparison {
  if (before === undefined) return { changes: [], exact: content(after) };
  const found = differencesOf(before, after);
  const isSecret = after.kind === 'Secret';
  return {
    changes: found.map((change) => present(change, isSecret, mask)),
    exact: found.map(({ path, before: from = null, after: to = null }) => ({ path: format(path), from, to })),
  };
}

/** The fields in which two states of an object differ, with all values. */
export function differencesOf(before: KubeObject, after: KubeObject): FoundChange[] {
  const found: FoundChange[] = [];
  walk(content(before), content(after), [], found);
  return found;
}

export interface FoundChange {
  /** Keys; an item of a list is `[name=web]` or `[2]`. */
  readonly path: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

function content(object: KubeObject): JsonObject {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(metadata).filter(([key]) => !SERVER_FIELDS.has(key));
  return { ...rest, metadata: withoutStamps(Object.fromEntries(kept)) };
}

function walk(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[],
  found: FoundChange[],
): void {
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of [...keys].sort()) walk(before[key], after[key], [...path, key], found);
    return;
  }
  const [left, right] = [keyed(before), keyed(after)];
  if (left !== undefined && right !== undefined) {
    for (const key of new Set([...left.keys(), ...right.keys()]))
      walk(left.get(key), right.get(key), [...path, key], found);
    return;
  }
  if (!equal(before, after)) found.push({ path, before, after });
}

function equal(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** A list as a map by `name`, or by position; undefined for anything else. */
function keyed(value: JsonValue | undefined): Map<string, JsonValue> | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly JsonValue[];
  const names = items.map((item) =>
    isJsonObject(item) && typeof item['name'] === 'string' ? item['name'] : undefined,
  );
  const named = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return new Map(items.map((item, index) => [named ? `[name=${names[index]}]` : `[${index}]`, item]));
}

/** Fit to show. */
export function present(
  { path, before, after }: FoundChange,
  isSecret: boolean,
  mask: (value: JsonValue) => JsonValue,
): FieldChange {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const base = { path: format(path), change } as const;
  if ((isSecret && SECRET_FIELDS.has(path[0] ?? '')) || holdsLastApplied(path, before, after)) return base;
  return {
    ...base,
    ...(before === undefined ? {} : { before: show(mask(before)) }),
    ...(after === undefined ? {} : { after: show(mask(after)) }),
  };
}

/** kubectl's annotation repeats the whole object, Secret data included. */
function holdsLastApplied(path: readonly string[], ...values: readonly (JsonValue | undefined)[]): boolean {
  if (path.includes(LAST_APPLIED)) return true;
  return values.some((value) => value !== undefined && JSON.stringify(value).includes(LAST_APPLIED));
}

function show(value: JsonValue): string {
  const text = canonicalJson(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

export function format(path: readonly string[]): string {
  return path.reduce((text, key) => (key.startsWith('[') || text === '' ? `${text}${key}` : `${text}.${key}`), '');
}
