import type { DnsLabelRule } from '@ushadow/kubernetes';
import { isDnsLabel, shortened, isLabelValue } from '@ushadow/kubernetes';
import { freeName } from './free-name.ts';

/**
 * A valid name for each text, no two alike: valid texts stay; any other is sanitised, and hashed when it is too long
 * or another text has the result already. As close to what was written as it can be.
 */
export function uniqueNames(texts: readonly string[], rule: DnsLabelRule = 'rfc1123'): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const sorted = [...new Set(texts)].sort();
  const valid = sorted.filter((text) => isDnsLabel(text, rule));
  for (const text of [...valid, ...sorted.filter((text) => !isDnsLabel(text, rule))]) {
    const plain = plainName(text, rule);
    const isTaken = (name: string): boolean => taken.has(name);
    const name = plain !== undefined && !isTaken(plain) ? plain : freeName(text, isTaken, { rule });
    names.set(text, name);
    taken.add(name);
  }
  return names;
}

/** The text itself where it is valid: also `a--b`, which sanitising would change. */
function plainName(text: string, rule: DnsLabelRule): string | undefined {
  if (isDnsLabel(text, rule)) return text;
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return isDnsLabel(plain, rule) ? plain : undefined;
}

/** A label value for any text: `:` and `/` become `-`; what had to be changed further or cut gets a hash. */
export function labelText(text: string): string {
  const plain = text.replace(/[:/]/g, '-');
  if (isLabelValue(plain) && plain !== '') return plain;
  const stem = plain.replace(/[^-A-Za-z0-9_.]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return shortened(stem, text, 63);
}
