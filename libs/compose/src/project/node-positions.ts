import { pointerSegments } from '../positions.ts';
import type { Position, PositionIndex } from '../positions.ts';
import type { MapNode, Node } from '../tree/node.ts';

/** Looks positions up in the tree itself; what has none of its own takes that of its nearest ancestor. */
export function nodePositions(root: MapNode | undefined): PositionIndex {
  return {
    at(pointer) {
      let node: Node | undefined = root;
      let found: Position | undefined = placed(root);
      for (const segment of pointerSegments(pointer)) {
        node = childOf(node, segment);
        if (!node) break;
        found = placed(node) ?? found;
      }
      return found;
    },
  };
}

function placed(node: Node | undefined): Position | undefined {
  return node && node.at.file !== '' ? node.at : undefined;
}

function childOf(node: Node | undefined, segment: string): Node | undefined {
  if (node?.kind === 'map') return node.entries.get(segment);
  return node?.kind === 'seq' ? node.items[Number(segment)] : undefined;
}
