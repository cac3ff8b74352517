import { z } from 'zod';
import {
  treeNode,
  unseenKind,
  type NodeHealthData,
  type TreeNodeData,
  type UnseenKindData,
} from '../operations/tree.ts';

const events = {
  snapshot: z.object({ nodes: z.array(treeNode), unseen: z.array(unseenKind) }),
  changed: z.object({ nodes: z.array(treeNode) }),
  removed: z.object({ ids: z.array(z.string()) }),
  unseen: z.object({ unseen: z.array(unseenKind) }),
  interrupted: z.object({ message: z.string() }),
};

/** What wants attention first. */
const ORDER: readonly NodeHealthData[] = [
  'failed',
  'absent',
  'progressing',
  'deleting',
  'stopped',
  'ready',
  'completed',
];
/** As a service is read: what runs it, how it is reached, what it keeps. */
const TYPES: readonly TreeNodeData['type'][] = [
  'service',
  'workload',
  'replica-set',
  'pod',
  'container',
  'endpoint',
  'route',
  'claim',
  'autoscaler',
];

/** The tree of a stack as a client has it, by the events of its stream. A new one for each change, so that it can be compared. */
export class KeptTree {
  readonly unseen: readonly UnseenKindData[];
  /** Why nothing new is seen; undefined while it is. */
  readonly lost: string | undefined;
  private readonly byId: ReadonlyMap<string, TreeNodeData>;
  private readonly byParent = new Map<string | null, TreeNodeData[]>();

  constructor(
    nodes: Iterable<TreeNodeData> = [],
    { unseen = [], lost }: { readonly unseen?: readonly UnseenKindData[]; readonly lost?: string | undefined } = {},
  ) {
    this.byId = new Map([...nodes].map((node) => [node.id, node]));
    this.unseen = unseen;
    this.lost = lost;
    for (const node of this.byId.values()) {
      const siblings = this.byParent.get(node.parent);
      if (siblings === undefined) this.byParent.set(node.parent, [node]);
      else siblings.push(node);
    }
  }

  /** After an event of the stream; the same where the event is none of its own. */
  after(event: string, data: unknown): KeptTree {
    const { byId, unseen, lost } = this;
    switch (event) {
      case 'snapshot': {
        const all = events.snapshot.parse(data);
        return new KeptTree(all.nodes, { unseen: all.unseen });
      }
      case 'changed':
        return new KeptTree([...byId.values(), ...events.changed.parse(data).nodes], { unseen, lost });
      case 'removed': {
        const gone = new Set(events.removed.parse(data).ids);
        return new KeptTree(
          [...byId.values()].filter(({ id }) => !gone.has(id)),
          { unseen, lost },
        );
      }
      case 'unseen':
        return new KeptTree(byId.values(), { unseen: events.unseen.parse(data).unseen, lost });
      case 'interrupted':
        return new KeptTree(byId.values(), { unseen, lost: events.interrupted.parse(data).message });
      case 'resumed':
        return new KeptTree(byId.values(), { unseen });
      default:
        return this;
    }
  }

  get size(): number {
    return this.byId.size;
  }

  nodes(): TreeNodeData[] {
    return [...this.byId.values()];
  }

  get(id: string): TreeNodeData | undefined {
    return this.byId.get(id);
  }

  /** What is at the top (null), or below a node: by type, and of each what wants attention first. */
  children(parent: string | null): TreeNodeData[] {
    return [...(this.byParent.get(parent) ?? [])].sort(
      (a, b) =>
        TYPES.indexOf(a.type) - TYPES.indexOf(b.type) ||
        ORDER.indexOf(a.health) - ORDER.indexOf(b.health) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  }
}

/** Whether somebody has to look at it. */
export function wantsAttention({ health }: TreeNodeData): boolean {
  return health === 'failed' || health === 'absent' || health === 'progressing';
}
