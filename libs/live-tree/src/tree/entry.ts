import type { Seen } from './seen.ts';

/** An object in its place in the tree. */
export interface Entry {
  seen: Seen;
  parent: Entry | undefined;
  readonly children: Set<Entry>;
  /** What is said of it. */
  readonly events: Set<Entry>;
  /** Of itself and of all below it. */
  readonly sum: Map<string, number>;
  /** It is the stack’s. */
  isOurs: boolean;
}
