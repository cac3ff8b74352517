import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

/** A key of a mapping with its value; both as they are written. */
export interface Entry {
  readonly name: string;
  readonly key: Scalar;
  /** Where an alias leads; null where nothing is written. */
  readonly value: unknown;
  readonly map: YAMLMap;
}

export function resolved(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** Each mapping is read once: those that merge others may stand in many places. */
const KNOWN = new WeakMap<YAMLMap, readonly Entry[]>();

/** The entries of a mapping: its own first, then those of `<<` that it does not have. */
export function entriesOf(node: unknown, document: Document): readonly Entry[] {
  const map = resolved(node, document);
  if (!isMap(map)) return [];
  const known = KNOWN.get(map) ?? read(map, document);
  KNOWN.set(map, known);
  return known;
}

function read(map: YAMLMap, document: Document): readonly Entry[] {
  // An alias of the mapping inside of itself finds nothing.
  KNOWN.set(map, []);
  const own = map.items.flatMap((pair): Entry[] =>
    isPair(pair) && isScalar(pair.key)
      ? [{ name: String(pair.key.value), key: pair.key, value: resolved(pair.value, document), map }]
      : [],
  );
  const entries = new Map(own.filter(({ name }) => name !== '<<').map((each) => [each.name, each]));
  const merged = own.filter(({ name }) => name === '<<').flatMap(({ value }) => (isSeq(value) ? value.items : [value]));
  for (const each of merged)
    for (const found of entriesOf(each, document)) if (!entries.has(found.name)) entries.set(found.name, found);
  return [...entries.values()];
}

export function entry(node: unknown, name: string, document: Document): Entry | undefined {
  return entriesOf(node, document).find((each) => each.name === name);
}

export function itemsOf(node: unknown, document: Document): readonly unknown[] {
  const list = resolved(node, document);
  return isSeq(list) ? (list as YAMLSeq).items.map((item) => resolved(item, document)) : [];
}

/** The text of a scalar; undefined for everything else. */
export function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}
