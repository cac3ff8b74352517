import type { JsonValue } from '../json.ts';
import { orderKeys } from './key-order.ts';

/** One line, keys in canonical order: equal values give equal text, fit for hashing. */
export function canonicalJson(value: JsonValue): string {
  return JSON.stringify(orderKeys(value));
}

/** Indented JSON for people, keys in canonical order, newline at the end. */
export function prettyJson(value: JsonValue): string {
  return `${JSON.stringify(orderKeys(value), null, 2)}\n`;
}
