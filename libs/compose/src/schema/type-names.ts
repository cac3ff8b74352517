import type { Node } from '../tree/node.ts';
import type { JsonType } from './schema.ts';

export const TYPE_NAMES: Record<JsonType, string> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};

const FOUND = {
  map: ['object'],
  seq: ['array'],
  null: ['null'],
  integer: ['integer', 'number'],
  number: ['number'],
  boolean: ['boolean'],
  string: ['string'],
} as const satisfies Record<string, readonly JsonType[]>;

/** The types a node counts as, the most precise first. */
export function foundType(node: Node): readonly JsonType[] {
  if (node.kind !== 'scalar') return FOUND[node.kind];
  const { value } = node;
  if (value === null) return FOUND.null;
  if (typeof value === 'number') return Number.isInteger(value) ? FOUND.integer : FOUND.number;
  return typeof value === 'boolean' ? FOUND.boolean : FOUND.string;
}

/** "a mapping, a list or text". */
export function expectedTypes(types: readonly JsonType[]): string {
  const names = types
    .filter((type) => type !== 'null' && !(type === 'integer' && types.includes('number')))
    .map((type) => TYPE_NAMES[type]);
  const unique = [...new Set(names)];
  const last = unique.pop() ?? 'nothing';
  return unique.length > 0 ? `${unique.join(', ')} or ${last}` : last;
}
