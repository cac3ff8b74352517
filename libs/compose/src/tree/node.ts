import type { Position } from '../positions.ts';
import type { PlainValue } from '../model.ts';

/** Immutable YAML data in which every node knows where it was written. Aliases share nodes. */
export type Node = ScalarNode | MapNode | SeqNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly at: Position;
  /** The text before interpolation, when it held a `$`. */
  readonly template?: string;
  /** Written as a floating-point number (`1.0`), though the value may be whole. */
  readonly float?: true;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Node>;
  readonly at: Position;
  /** Where each key was written, when known. */
  readonly keysAt?: ReadonlyMap<string, Position>;
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly items: readonly Node[];
  readonly at: Position;
}

export function scalar(value: ScalarNode['value'], at: Position): ScalarNode {
  return { kind: 'scalar', value, at };
}

export function seq(items: readonly Node[], at: Position): SeqNode {
  return { kind: 'seq', items, at };
}

export function map(entries: ReadonlyMap<string, Node> | readonly (readonly [string, Node])[], at: Position): MapNode {
  return { kind: 'map', entries: new Map(entries), at };
}

/** A copy of a mapping with other entries; the places of its keys are kept. */
export function withEntries(node: MapNode, entries: ReadonlyMap<string, Node>): MapNode {
  return { ...node, entries };
}

/** The mapping with one entry set, or taken away (undefined): a copy, unless it is so already. */
export function withEntry(node: MapNode, key: string, value: Node | undefined): MapNode {
  if (node.entries.get(key) === value) return node;
  const entries = new Map(node.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return withEntries(node, entries);
}

export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

/** The entry of a mapping; undefined when the node is no mapping or lacks the key. */
export function entry(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.entries.get(key) : undefined;
}

export function entriesOf(node: Node | undefined): ReadonlyMap<string, Node> {
  return node?.kind === 'map' ? node.entries : new Map();
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'seq' ? node.items : [];
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

const OWN = { configurable: true, enumerable: true, writable: true };

/** The data without positions. */
export function toPlain(node: Node): PlainValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(toPlain);
  const plain: Record<string, PlainValue> = {};
  for (const [key, value] of node.entries) {
    // An assignment to this one key would set the prototype.
    if (key === '__proto__') Object.defineProperty(plain, key, { ...OWN, value: toPlain(value) });
    else plain[key] = toPlain(value);
  }
  return plain;
}

/** Characters of a text that weigh as much as one node. */
const CHARACTERS_PER_NODE = 100;

/** What it costs to look at a scalar: a long text, which aliases can repeat, weighs more than one. */
export function weightOf(value: ScalarNode['value']): number {
  return typeof value === 'string' ? 1 + Math.floor(value.length / CHARACTERS_PER_NODE) : 1;
}

/** What it costs to look at a node and all below it. */
export function treeWeight(node: Node): number {
  if (node.kind === 'scalar') return weightOf(node.value);
  let weight = 1;
  for (const child of node.kind === 'seq' ? node.items : node.entries.values()) weight += treeWeight(child);
  return weight;
}

/** Equal exactly for nodes that hold the same data; the order of keys does not matter. */
export function fingerprint(node: Node): string {
  if (node.kind === 'scalar') return `${node.float ? 'f' : ''}${JSON.stringify(node.value)}`;
  if (node.kind === 'seq') return `[${node.items.map(fingerprint).join(',')}]`;
  const parts = [...node.entries].map(([key, value]) => `${JSON.stringify(key)}:${fingerprint(value)}`);
  return `{${parts.sort().join(',')}}`;
}
