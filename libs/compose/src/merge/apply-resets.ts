import { withEntries } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';

/** Places tagged `!reset` or `!override`, as a tree: each of them is met once, however many there are. */
export interface Resets {
  /** The place itself is taken away. */
  readonly whole: boolean;
  readonly below: ReadonlyMap<string, Resets>;
}

interface Growing {
  whole: boolean;
  readonly below: Map<string, Growing>;
}

export function resetTree(paths: readonly Path[]): Resets {
  const root: Growing = { whole: false, below: new Map() };
  for (const path of paths) {
    let at = root;
    for (const key of path) {
      const next: Growing = at.below.get(key) ?? { whole: false, below: new Map() };
      at.below.set(key, next);
      at = next;
    }
    // The root of a file cannot be taken away.
    at.whole ||= path.length > 0;
  }
  return root;
}

/** Takes away what later files tagged. Items of lists cannot be named that way and stay. */
export function applyResets(node: Node, resets: Resets): Node {
  if (node.kind !== 'map' || resets.below.size === 0) return node;
  const entries = new Map(node.entries);
  for (const [key, below] of resets.below) {
    const child = entries.get(key);
    if (!child) continue;
    if (below.whole) entries.delete(key);
    else entries.set(key, applyResets(child, below));
  }
  return withEntries(node, entries);
}

/** What is left of the node of one place; undefined when it, or what it stands in, is taken away. */
export function applyResetsAt(node: Node, path: Path, resets: Resets): Node | undefined {
  let at: Resets | undefined = resets;
  for (const key of path) {
    at = at?.below.get(key);
    if (at?.whole) return undefined;
  }
  return at ? applyResets(node, at) : node;
}
