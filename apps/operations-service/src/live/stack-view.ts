import type { TreeNodeData, UnseenKindData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { eventsAbout, LiveTree, type StackOutline, type TreeChange } from '@ushadow/live-tree';
import type { ClusterSight, NamespaceListener } from './cluster-sight.ts';
import { maskMessages } from './mask-messages.ts';

/** What has become of a view since it was told last. */
export type ViewChange =
  | ({ readonly type: 'changed' } & TreeChange)
  | { readonly type: 'unseen'; readonly unseen: readonly UnseenKindData[] }
  | { readonly type: 'interrupted'; readonly message: string }
  | { readonly type: 'resumed' };

export type ViewListener = (change: ViewChange) => void;

/** Nodes are told of at most this often. */
const COALESCE_MS = 250;

/** One stack, live, for all who look at it. */
export class StackView implements NamespaceListener {
  private readonly tree: LiveTree;
  private readonly events = new Map<string, KubeObject>();
  private readonly listeners = new Set<ViewListener>();
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private isBlind = false;
  private toldUnseen = '[]';
  private isReady = false;

  constructor(
    private readonly sight: ClusterSight,
    private readonly namespace: string,
    outline: StackOutline,
    private mask: (text: string) => string,
  ) {
    this.tree = new LiveTree(outline);
    sight.enter(namespace, this);
    this.changed();
  }

  close(): void {
    this.sight.leave(this.namespace, this);
    clearTimeout(this.timer);
  }

  outline(next: StackOutline): void {
    this.tree.outline(next);
    this.later();
  }

  /** What is secret has changed. */
  masks(mask: (text: string) => string): void {
    this.mask = mask;
  }

  put(seen: KubeObject): void {
    const object = maskMessages(seen, this.mask);
    if (object.kind === 'Event') this.events.set(object.metadata.name, object);
    this.tree.put(object);
    this.later();
  }

  gone(object: KubeObject): void {
    if (object.kind === 'Event') this.events.delete(object.metadata.name);
    this.tree.remove(object);
    this.later();
  }

  changed(): void {
    const { sight, namespace } = this;
    this.tree.sees(sight.seenKinds(namespace));
    this.isReady = sight.isComplete(namespace);
    this.later();
    if (this.isReady) for (const wake of [...this.waiting]) wake();
  }

  /** Resolves with true once all was seen; with false where that takes longer than somebody waits. */
  ready(signal: AbortSignal): Promise<boolean> {
    if (this.isReady) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (): void => {
        this.waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve(this.isReady);
      };
      this.waiting.add(settle);
      signal.addEventListener('abort', settle, { once: true });
      if (signal.aborted) settle();
    });
  }

  /** Until the listener is taken back; the first that it is told goes on from what is shown now. */
  listen(listener: ViewListener): () => void {
    this.flush();
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** All nodes as they were told last. */
  nodes(): TreeNodeData[] {
    return this.tree.nodes();
  }

  unseen(): UnseenKindData[] {
    return this.sight.unseen(this.namespace);
  }

  /** Why nothing new is seen; undefined while it is. */
  lost(): string | undefined {
    return this.sight.lost(this.namespace);
  }

  /** The objects of a node and below it, or of all. */
  objects(node?: string): KubeObject[] {
    return node === undefined ? this.tree.objects() : this.tree.below(node);
  }

  eventsOf(objects: readonly KubeObject[]): KubeObject[] {
    return [...this.events.values()].filter(eventsAbout(objects));
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.flush(), COALESCE_MS);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const change = this.tree.settle();
    if (change.changed.length > 0 || change.removed.length > 0) this.tell({ type: 'changed', ...change });
    const unseen = this.unseen();
    const text = JSON.stringify(unseen);
    if (text !== this.toldUnseen) this.tell({ type: 'unseen', unseen });
    this.toldUnseen = text;
    const lost = this.lost();
    if (lost !== undefined && !this.isBlind) this.tell({ type: 'interrupted', message: lost });
    if (lost === undefined && this.isBlind) this.tell({ type: 'resumed' });
    this.isBlind = lost !== undefined;
  }

  private tell(change: ViewChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
