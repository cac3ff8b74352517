import type { JsonValue } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';

/** `name`, `[2]`, or `[containerPort=80,protocol="TCP"]`. */
type Step =
  { readonly key: string } | { readonly index: number } | { readonly where: Readonly<Record<string, string>> };

/**
 * The places in an object that a field path means, as JSON pointers; the API server writes paths in two ways,
 * `spec.containers[0].image` and `.spec.containers[name="web"].image`. A path that goes on below what is there gives the
 * deepest part that is; a key list that several items fit gives each of them.
 */
export function pointersOf(object: JsonValue, fieldPath: string): string[] {
  return walk(object, readSteps(fieldPath), '');
}

function walk(value: JsonValue | undefined, steps: readonly Step[], pointer: string): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [pointer];
  if ('key' in step) return walkKey(value, steps, pointer);
  if (!Array.isArray(value))
    return 'index' in step ? walkKey(value, [{ key: String(step.index) }, ...rest], pointer) : [pointer];
  const items = value as readonly JsonValue[];
  const indexes =
    'index' in step ? [step.index] : items.flatMap((item, index) => (fits(item, step.where) ? [index] : []));
  const found = indexes.filter((index) => index < items.length);
  return found.length === 0 ? [pointer] : found.flatMap((index) => walk(items[index], rest, `${pointer}/${index}`));
}

/** Keys may hold dots themselves, `data.nginx.conf`: the longest one that is there is meant. */
function walkKey(value: JsonValue | undefined, steps: readonly Step[], pointer: string): string[] {
  if (!isJsonObject(value)) return [pointer];
  const keys = takeKeys(steps);
  for (let length = keys.length; length > 0; length--) {
    const key = keys.slice(0, length).join('.');
    if (Object.hasOwn(value, key)) return walk(value[key], steps.slice(length), `${pointer}/${escape(key)}`);
  }
  return [pointer];
}

function takeKeys(steps: readonly Step[]): string[] {
  const end = steps.findIndex((step) => !('key' in step));
  return (end < 0 ? steps : steps.slice(0, end)).flatMap((step) => ('key' in step ? [step.key] : []));
}

const STEP = /\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]|([^.[\]]+)/g;

function readSteps(fieldPath: string): Step[] {
  return [...fieldPath.matchAll(STEP)].map(([, bracket, key]): Step => {
    if (bracket === undefined) return { key: key ?? '' };
    if (/^\d+$/.test(bracket)) return { index: Number(bracket) };
    const pairs = [...bracket.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g)];
    if (pairs.length === 0) return { key: bracket };
    return { where: Object.fromEntries(pairs.map(([, name = '', text = '']) => [name, text.replaceAll('"', '')])) };
  });
}

/** A server fills in defaults that the object as written does not have: what is absent fits. */
function fits(item: JsonValue, where: Readonly<Record<string, string>>): boolean {
  if (!isJsonObject(item)) return false;
  return Object.entries(where).every(([name, text]) => item[name] === undefined || String(item[name]) === text);
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
