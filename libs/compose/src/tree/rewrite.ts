import { withEntries } from './node.ts';
import type { Node } from './node.ts';
import type { PathRules } from './path-rules.ts';

export type Path = readonly string[];

/** Turns one node into another; undefined leaves it out. */
export type Rewrite<C> = (node: Node, path: Path, context: C) => Node | undefined;

/**
 * Applies rules from the root down: the rule of a place first, then those below it, on its result. Untouched
 * subtrees are shared with the input.
 */
export function rewriteTree<C>(
  node: Node,
  rules: PathRules<Rewrite<C>>,
  context: C,
  path: Path = [],
): Node | undefined {
  const rewritten = rules.rule ? rules.rule(node, path, context) : node;
  if (!rewritten || rewritten.kind === 'scalar') return rewritten;
  return rewritten.kind === 'seq'
    ? rewriteItems(rewritten, rules, context, path)
    : rewriteEntries(rewritten, rules, context, path);
}

function rewriteItems<C>(node: Node & { kind: 'seq' }, rules: PathRules<Rewrite<C>>, context: C, path: Path): Node {
  let changed: Node[] | undefined;
  node.items.forEach((item, index) => {
    const next = rules.down(String(index));
    const result = next ? rewriteTree(item, next, context, [...path, String(index)]) : item;
    if (result !== item) changed ??= node.items.slice(0, index);
    if (result) changed?.push(result);
  });
  return changed ? { ...node, items: changed } : node;
}

function rewriteEntries<C>(node: Node & { kind: 'map' }, rules: PathRules<Rewrite<C>>, context: C, path: Path): Node {
  let changed: Map<string, Node> | undefined;
  for (const [key, value] of node.entries) {
    const next = rules.down(key);
    const result = next ? rewriteTree(value, next, context, [...path, key]) : value;
    if (result === value) continue;
    changed ??= new Map(node.entries);
    if (result) changed.set(key, result);
    else changed.delete(key);
  }
  return changed ? withEntries(node, changed) : node;
}
