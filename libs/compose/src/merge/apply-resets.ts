import { withEntries } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';

/** Takes away what later files tagged `!reset` or `!override`. Items of lists cannot be named that way and stay. */
export function applyResets(root: Node, resets: readonly Path[]): Node {
  return resets.reduce((node, reset) => without(node, reset), root);
}

function without(node: Node, [key, ...rest]: Path): Node {
  if (node.kind !== 'map' || key === undefined) return node;
  const child = node.entries.get(key);
  if (!child) return node;
  const entries = new Map(node.entries);
  if (rest.length === 0) entries.delete(key);
  else entries.set(key, without(child, rest));
  return withEntries(node, entries);
}
