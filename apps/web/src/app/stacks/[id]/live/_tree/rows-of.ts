import { wantsAttention, type KeptTree, type TreeNodeData } from '@ushadow/contracts';

/** A line of the tree: a node, or how many more there are that are well. */
export type TreeRow =
  | {
      readonly type: 'node';
      readonly node: TreeNodeData;
      readonly depth: number;
      readonly isOpen: boolean;
      readonly hasChildren: boolean;
    }
  | { readonly type: 'rest'; readonly id: string; readonly depth: number; readonly count: number };

/** What a person has opened (true) and closed (false); `rest` ids show all of a node’s children. */
export type Folds = ReadonlyMap<string, boolean>;

/** So many children that are well are shown beside those that want attention. */
const WELL_SHOWN = 3;

export const restId = (parent: string): string => `rest ${parent}`;

/** The lines of a tree: open where something wants attention, folded where all is well, unless a person has said otherwise. */
export function rowsOf(tree: KeptTree, folds: Folds): TreeRow[] {
  const rows: TreeRow[] = [];
  const troubled = troubledNodes(tree);
  const add = (node: TreeNodeData, depth: number): void => {
    const children = tree.children(node.id);
    const isOpen = children.length > 0 && (folds.get(node.id) ?? (depth === 0 || troubled.has(node.id)));
    rows.push({ type: 'node', node, depth, isOpen, hasChildren: children.length > 0 });
    if (isOpen) addAll(node.id, children, depth + 1);
  };
  const addAll = (parent: string, children: readonly TreeNodeData[], depth: number): void => {
    const well = children.filter((child) => !isTroubled(child, troubled));
    const isFolded = well.length > WELL_SHOWN + 1 && folds.get(restId(parent)) !== true && depth > 0;
    const hidden = new Set(isFolded ? well.slice(WELL_SHOWN) : []);
    for (const child of children) if (!hidden.has(child)) add(child, depth);
    if (hidden.size > 0) rows.push({ type: 'rest', id: restId(parent), depth, count: hidden.size });
  };
  addAll('', tree.children(null), 0);
  return rows;
}

function isTroubled(node: TreeNodeData, troubled: ReadonlySet<string>): boolean {
  return wantsAttention(node) || troubled.has(node.id);
}

/** Those with something below that wants attention. */
function troubledNodes(tree: KeptTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const node of tree.nodes()) {
    if (!wantsAttention(node)) continue;
    for (let at = node.parent; at !== null && !found.has(at); at = tree.get(at)?.parent ?? null) found.add(at);
  }
  return found;
}
