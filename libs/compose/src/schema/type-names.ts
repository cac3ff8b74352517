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

/** The types a node counts as, the most telling first. */
export function foundType(node: Node): readonly JsonType[] {
  if (node.kind === 'map') return ['object'];
  if (node.kind === 'seq') return ['array'];
  const { value } = node;
  if (value === null) return ['null'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
  return typeof value === 'boolean' ? ['boolean'] : ['string'];
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
