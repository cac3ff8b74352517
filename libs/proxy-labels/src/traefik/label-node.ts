import type { Entry } from '../labelled-service.ts';

/** Labels as a tree: their keys are split at dots, and letters of both cases are one. */
export interface LabelNode {
  /** As it is written. */
  readonly name: string;
  /** The key up to here, as it is written. */
  readonly key: string;
  /** The first label in the file that has it. */
  readonly first: Placed;
  readonly value: string | undefined;
  readonly children: ReadonlyMap<string, LabelNode>;
}

export interface Placed extends Entry {
  /** Place among the labels of the service. */
  readonly at: number;
}

interface Growing extends LabelNode {
  first: Placed;
  value: string | undefined;
  readonly children: Map<string, Growing>;
}

/** Of keys that differ in case alone the one that sorts last is heard, as in Traefik. */
export function labelTree(labels: readonly Placed[], root: string): LabelNode | undefined {
  let tree: Growing | undefined;
  const sorted = labels.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  for (const label of sorted) {
    tree ??= grown(root, root, label);
    let node = tree;
    if (label.at < node.first.at) node.first = label;
    for (const name of namesOf(label.key).slice(1)) {
      const small = name.toLowerCase();
      const known = node.children.get(small);
      const child = known ?? grown(name, joined(node.key, name), label);
      if (known === undefined) node.children.set(small, child);
      if (label.at < child.first.at) child.first = label;
      node = child;
    }
    node.value = label.value;
  }
  return tree;
}

function grown(name: string, key: string, first: Placed): Growing {
  return { name, key, first, value: undefined, children: new Map() };
}

function joined(key: string, name: string): string {
  return name.startsWith('[') ? `${key}${name}` : `${key}.${name}`;
}

/** `domains[0]` is `[0]` within `domains`. */
function namesOf(key: string): readonly string[] {
  return key.split('.').flatMap((name) => {
    const at = name.endsWith(']') ? name.indexOf('[') : -1;
    return at > 0 ? [name.slice(0, at), name.slice(at)] : [name];
  });
}

/** Whether Traefik can split the key at all. */
export function isSplittable(key: string): boolean {
  return key
    .split('.')
    .every((name) => name !== '' && !name.startsWith('[') && (!name.endsWith(']') || name.includes('[')));
}

export function within(node: LabelNode | undefined, ...names: readonly string[]): LabelNode | undefined {
  return names.reduce<LabelNode | undefined>((found, name) => found?.children.get(name), node);
}

/** In the order of the file. */
export function childrenOf(node: LabelNode | undefined): readonly LabelNode[] {
  return [...(node?.children.values() ?? [])].sort((a, b) => a.first.at - b.first.at);
}
