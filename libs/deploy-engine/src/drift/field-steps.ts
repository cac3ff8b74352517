import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';

/** The way to a field: keys; an item of a list is `[name=web]`, or `[2]` where items have no names. */
export type FieldSteps = readonly string[];

/** What stands at a field; undefined where nothing does. */
export function fieldAt(value: unknown, steps: FieldSteps): JsonValue | undefined {
  let current = value as JsonValue | undefined;
  for (const step of steps) current = childOf(current, step);
  return current;
}

/** The same object with another value at a field, or without it; what is missing on the way is made. */
export function withField(object: KubeObject, steps: FieldSteps, value: JsonValue | undefined): KubeObject {
  return changed(object as unknown as JsonObject, steps, value) as unknown as KubeObject;
}

function changed(
  current: JsonValue | undefined,
  [step, ...rest]: FieldSteps,
  value: JsonValue | undefined,
): JsonValue | undefined {
  if (step === undefined) return value;
  const child = changed(childOf(current, step), rest, value);
  if (step.startsWith('[')) return changedList(Array.isArray(current) ? current : [], step, child);
  const parent = isJsonObject(current) ? current : {};
  if (child !== undefined) return { ...parent, [step]: child };
  // Nothing is made on the way to what is not to be there.
  if (!Object.hasOwn(parent, step)) return current;
  return Object.fromEntries(Object.entries(parent).filter(([key]) => key !== step));
}

function changedList(items: readonly JsonValue[], step: string, child: JsonValue | undefined): JsonValue {
  const index = indexOf(items, step);
  if (index < 0) return child === undefined ? items : [...items, named(child, step)];
  return items.flatMap((item, at) => (at === index ? (child === undefined ? [] : [child]) : [item]));
}

function named(item: JsonValue, step: string): JsonValue {
  const name = nameOf(step);
  return name === undefined || !isJsonObject(item) || Object.hasOwn(item, 'name') ? item : { name, ...item };
}

/** A key, or an item of a list. */
export function childOf(value: JsonValue | undefined, step: string): JsonValue | undefined {
  if (Array.isArray(value)) return (value as readonly JsonValue[])[indexOf(value, step)];
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function indexOf(items: readonly JsonValue[], step: string): number {
  const name = nameOf(step);
  if (name === undefined) return /^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : -1;
  return items.findIndex((item) => isJsonObject(item) && item['name'] === name);
}

function nameOf(step: string): string | undefined {
  return step.startsWith('[name=') ? step.slice('[name='.length, -1) : undefined;
}
