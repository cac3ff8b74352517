import { TextFinder } from '@ushadow/compiler';
import type { KubeObject } from '@ushadow/kubernetes';
import { MASK } from '@ushadow/secrets';

/** Answers the same object with every one of the values masked, wherever in a text it stands. */
export function maskValues(values: readonly string[]): (object: KubeObject) => KubeObject {
  if (values.length === 0) return (object) => object;
  const finder = new TextFinder([...values].sort((a, b) => b.length - a.length));
  return (object) => mask(object, finder) as KubeObject;
}

function mask(part: unknown, finder: TextFinder): unknown {
  if (typeof part === 'string') return finder.replaceIn(part, () => MASK);
  if (Array.isArray(part)) return part.map((item) => mask(item, finder));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, mask(item, finder)]));
}
