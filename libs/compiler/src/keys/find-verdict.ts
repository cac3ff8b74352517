import type { KeyTable, KeyVerdict } from './key-verdict.ts';
import * as serviceKeys from './service-keys.ts';
import { TOP_LEVEL_KEYS } from './top-level-keys.ts';

/** Every row, by full path: `services.*.image`. */
export const KEYS: KeyTable = {
  ...TOP_LEVEL_KEYS,
  ...Object.fromEntries(
    Object.values(serviceKeys).flatMap((table) =>
      Object.entries(table).map(([key, verdict]) => [`services.*.${key}`, verdict]),
    ),
  ),
};

/** One step in the tree of rows. */
export interface KeyNode {
  readonly children: Map<string, KeyNode>;
  verdict?: KeyVerdict;
  row?: string;
}

export const KEY_TREE: KeyNode = { children: new Map() };
for (const [row, verdict] of Object.entries(KEYS)) {
  let node = KEY_TREE;
  for (const part of row.split('.')) {
    const next = node.children.get(part) ?? { children: new Map() };
    node.children.set(part, next);
    node = next;
  }
  node.verdict = verdict;
  node.row = row;
}

export interface FoundVerdict {
  readonly row: string;
  readonly verdict: KeyVerdict;
}

export function childNode(node: KeyNode | undefined, part: string): KeyNode | undefined {
  return node?.children.get(part) ?? node?.children.get('*');
}

/** The row for a path: its own, else the nearest one above it; undefined when there is none. */
export function findVerdict(path: readonly string[]): FoundVerdict | undefined {
  let node: KeyNode | undefined = KEY_TREE;
  let found: FoundVerdict | undefined;
  for (const part of path) {
    node = childNode(node, part);
    if (node === undefined) break;
    if (node.verdict !== undefined && node.row !== undefined) found = { row: node.row, verdict: node.verdict };
  }
  return found;
}
