import type { Position } from '../positions.ts';
import type { MapNode, Node } from '../tree/node.ts';

/** Applies `<<`: explicit keys win, and of several merged mappings the first. Undefined when one is no mapping. */
export function applyMergeKeys(node: MapNode, merges: readonly Node[]): MapNode | undefined {
  const sources = merges.flatMap((merge) => (merge.kind === 'seq' ? merge.items : [merge]));
  const entries = new Map<string, Node>();
  const keysAt = new Map<string, Position>();
  for (const source of [...sources].reverse()) {
    if (source.kind !== 'map') return undefined;
    copy(source, entries, keysAt);
  }
  copy(node, entries, keysAt);
  return { ...node, entries, keysAt };
}

function copy(source: MapNode, entries: Map<string, Node>, keysAt: Map<string, Position>): void {
  for (const [key, value] of source.entries) entries.set(key, value);
  for (const [key, at] of source.keysAt ?? []) keysAt.set(key, at);
}
