import type { Node } from '../tree/node.ts';
import type { Path } from '../tree/rewrite.ts';

/** One YAML document of a Compose file. */
export interface ParsedDocument {
  readonly root: Node;
  /** Places tagged `!reset` or `!override`: what earlier files have there is dropped. */
  readonly resets: readonly Path[];
  /** Nodes, with those that aliases repeat. */
  readonly size: number;
}
/** What is left to one load for reading its files. */
export interface ReadBudget {
  tokensLeft: number;
  documentsLeft: number;
  nodesLeft: number;
}
