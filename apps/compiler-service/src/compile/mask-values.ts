import type { KubeObject } from '@ushadow/kubernetes';
import { MASK } from '@ushadow/secrets';

/** The same object with every one of the values masked, wherever in a text it stands. */
export function maskValues(object: KubeObject, values: readonly string[]): KubeObject {
  return values.length === 0 ? object : (mask(object, values) as KubeObject);
}

function mask(part: unknown, values: readonly string[]): unknown {
  if (typeof part === 'string') return values.reduce((text, value) => text.replaceAll(value, MASK), part);
  if (Array.isArray(part)) return part.map((item) => mask(item, values));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, mask(item, values)]));
}
