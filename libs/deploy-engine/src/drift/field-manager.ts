import type { JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, textAt } from '@ushadow/kubernetes';
import { childOf, type FieldSteps } from './field-steps.ts';

export interface FieldManager {
  readonly manager: string;
  /** When it has last written, RFC 3339; absent in entries of old servers. */
  readonly since?: string;
}

/** Who manages a field of a live object, beside one manager: of several the one that has written last. */
export function managerOf(live: KubeObject, steps: FieldSteps, beside: string): FieldManager | undefined {
  const found = listAt(live, ['metadata', 'managedFields'])
    .filter((entry) => entry['manager'] !== beside && entry['subresource'] !== 'status')
    .filter((entry) => holds(entry['fieldsV1'], live as unknown as JsonValue, steps))
    .sort((one, other) => (textAt(one, ['time']) < textAt(other, ['time']) ? 1 : -1));
  const [newest] = found;
  if (newest === undefined) return undefined;
  const since = textAt(newest, ['time']);
  return { manager: textAt(newest, ['manager']), ...(since === '' ? {} : { since }) };
}

/** Whether a set of fields, as `fieldsV1` has it, holds this one; an atomic field holds all that is below it. */
function holds(fields: JsonValue | undefined, value: JsonValue | undefined, [step, ...rest]: FieldSteps): boolean {
  if (!isJsonObject(fields)) return false;
  if (step === undefined || Object.keys(fields).length === 0) return true;
  const child = childOf(value, step);
  if (!step.startsWith('[')) return holds(fields[`f:${step}`], child, rest);
  return Object.entries(fields).some(([key, below]) => isOfItem(key, child) && holds(below, child, rest));
}

/** `k:{"name":"web"}` names an item by its keys, `v:"text"` by itself. */
function isOfItem(key: string, item: JsonValue | undefined): boolean {
  const wanted = parse(key.slice(2));
  if (key.startsWith('v:')) return wanted === item;
  if (!key.startsWith('k:') || !isJsonObject(wanted) || !isJsonObject(item)) return false;
  return Object.entries(wanted).every(([name, value]) => item[name] === value);
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
