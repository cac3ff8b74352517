import type { TreeNodeData, UnseenKindData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { eventsAbout, LiveTree, type StackOutline, type TreeChange } from '@ushadow/live-tree';
import type { ClusterSight, NamespaceListener } from './cluster-sight.ts';
import { maskedEvent, maskedNode, type Mask } from './masked-node.ts';

/** What has become of a view since it was told last. */
export type ViewChange =
  | ({ readonly type: 'changed' } & TreeChange)
  | { readonly type: 'unseen'; readonly unseen: readonly UnseenKindData[] }
  | { readonly type: 'interrupted'; readonly message: string }
  | { readonly type: 'resumed' };

export type ViewListener = (change: ViewChange) => void;

/** What is secret in a namespace, as it was known at a time. */
export interface KnownSecrets {
  readonly at: number;
  readonly mask: Mask;
}

/** Nodes are told of at most this often. */
const COALESCE_MS = 250;
/** What a pod may tell was known to us before there was the pod; so old is what is known at most when it comes. */
const FRESH_MS = 1_000;

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
  private readonly pods = new Set<string>();
  private learning: Promise<void> | undefined;

  constructor(
    private readonly sight: ClusterSight,
    private readonly namespace: string,
    outline: StackOutline,
    private secrets: KnownSecrets,
    private readonly learn: () => Promise<KnownSecrets>,
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

  put(object: KubeObject): void {
    if (object.kind === 'Pod') this.meet(object.metadata.uid ?? '');
    if (object.kind === 'Event') this.events.set(object.metadata.name, object);
    this.tree.put(object);
    this.later();
  }

  gone(object: KubeObject): void {
    if (object.kind === 'Pod') this.pods.delete(object.metadata.uid ?? '');
    if (object.kind === 'Event') this.events.delete(object.metadata.name);
    this.tree.remove(object);
    this.later();
  }

  changed(): void {
    const { sight, namespace } = this;
    this.tree.sees(sight.seenKinds(namespace));
    this.isReady = sight.isComplete(namespace);
    this.later();
    this.wake();
  }

  /** Resolves with true once all was seen; with false where that takes longer than somebody waits. */
  ready(signal: AbortSignal): Promise<boolean> {
    if (this.isWhole) return Promise.resolve(true);
    return new Promise((resolve) => {
      const settle = (): void => {
        this.waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve(this.isWhole);
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
    const { mask } = this.secrets;
    return this.tree.nodes().map((node) => maskedNode(node, mask));
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
    const { mask } = this.secrets;
    return [...this.events.values()].filter(eventsAbout(objects)).map((event) => maskedEvent(event, mask));
  }

  /** Before what a new pod may tell is known nothing of it is told. */
  private meet(uid: string): void {
    if (this.pods.has(uid)) return;
    this.pods.add(uid);
    if (performance.now() - this.secrets.at < FRESH_MS) return;
    this.learning ??= this.learn()
      .then(
        (secrets) => {
          this.secrets = secrets;
        },
        // Who knows it is away, and deploys nothing new either.
        () => undefined,
      )
      .finally(() => {
        this.learning = undefined;
        this.later();
        this.wake();
      });
  }

  /** All that there is has been seen, and may be told. */
  private get isWhole(): boolean {
    return this.isReady && this.learning === undefined;
  }

  private wake(): void {
    if (this.isWhole) for (const wake of [...this.waiting]) wake();
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.flush(), COALESCE_MS);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.learning === undefined) this.tellNodes();
    const unseen = this.unseen();
    const text = JSON.stringify(unseen);
    if (text !== this.toldUnseen) this.tell({ type: 'unseen', unseen });
    this.toldUnseen = text;
    const lost = this.lost();
    if (lost !== undefined && !this.isBlind) this.tell({ type: 'interrupted', message: lost });
    if (lost === undefined && this.isBlind) this.tell({ type: 'resumed' });
    this.isBlind = lost !== undefined;
  }

  private tellNodes(): void {
    const { changed, removed } = this.tree.settle();
    if (changed.length === 0 && removed.length === 0) return;
    const { mask } = this.secrets;
    this.tell({ type: 'changed', changed: changed.map((node) => maskedNode(node, mask)), removed });
  }

  private tell(change: ViewChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
