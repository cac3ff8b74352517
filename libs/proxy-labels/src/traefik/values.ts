import type { LabelNode } from './label-node.ts';

const YES = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const NO = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

/** A flag as Go writes it; undefined where it is none. */
export function flagOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (YES.has(text)) return true;
  return NO.has(text) ? false : undefined;
}

export function isInteger(text: string): boolean {
  return /^[+-]?\d{1,15}$/.test(text);
}

/** Values between commas. */
export function listOf(node: LabelNode | undefined): readonly string[] {
  const text = node?.value ?? '';
  return text === '' ? [] : text.split(',').map((item) => item.trim());
}

export function portOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port > 0 && port < 65_536 ? port : undefined;
}
