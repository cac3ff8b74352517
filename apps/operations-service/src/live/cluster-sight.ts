import type { UnseenKindData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { EVENT_KIND, TREE_KINDS, type TreeKind } from '@ushadow/live-tree';
import { KindWatch } from './kind-watch.ts';

/** Is told of what is in one namespace. */
export interface NamespaceListener {
  put(object: KubeObject): void;
  gone(object: KubeObject): void;
  /** What can be seen, or whether the cluster is there, has changed. */
  changed(): void;
}

interface Watching {
  readonly watch: KindWatch;
  readonly abort: AbortController;
}

/**
 * What is seen of a cluster while somebody looks: one watch a kind for the whole of it, or, where only namespaces may be seen,
 * one for each that somebody looks at. Events, of which there are many and which bear no labels, are always by namespace.
 */
export class ClusterSight {
  private readonly listeners = new Map<string, Set<NamespaceListener>>();
  /** By kind and namespace; an empty namespace: all of them. */
  private readonly watches = new Map<string, Watching>();
  /** Kinds that may be seen in namespaces alone. */
  private readonly narrow = new Set<string>();

  constructor(private readonly connect: () => Promise<KubernetesTransport>) {}

  get isWatched(): boolean {
    return this.listeners.size > 0;
  }

  /** Tells of all that is known of the namespace already, and of whatever comes, until it is left. */
  enter(namespace: string, listener: NamespaceListener): void {
    const all = this.listeners.get(namespace);
    if (all === undefined) this.listeners.set(namespace, new Set([listener]));
    else all.add(listener);
    for (const kind of [...TREE_KINDS, EVENT_KIND]) this.open(kind, this.isByNamespace(kind) ? namespace : undefined);
    for (const { watch } of this.watchesOf(namespace)) {
      for (const object of watch.objects.values()) if (object.metadata.namespace === namespace) listener.put(object);
    }
  }

  leave(namespace: string, listener: NamespaceListener): void {
    const all = this.listeners.get(namespace);
    all?.delete(listener);
    if (all?.size !== 0) return;
    this.listeners.delete(namespace);
    for (const [key, watching] of this.watches) if (watching.watch.namespace === namespace) this.close(key, watching);
    if (!this.isWatched) this.end();
  }

  end(): void {
    for (const [key, watching] of this.watches) this.close(key, watching);
  }

  /** All that there is to see has been told. */
  isComplete(namespace: string): boolean {
    const watches = this.watchesOf(namespace);
    return watches.length > TREE_KINDS.length && watches.every(({ watch }) => watch.state !== 'opening');
  }

  /** Kinds of which all objects are known. */
  seenKinds(namespace: string): ReadonlySet<string> {
    const seen = this.watchesOf(namespace).filter(({ watch }) => watch.state === 'synced');
    return new Set(seen.map(({ watch }) => watch.kind.kind));
  }

  unseen(namespace: string): UnseenKindData[] {
    return this.watchesOf(namespace).flatMap(({ watch: { kind, state, message } }) =>
      state === 'unseen' ? [{ kind: kind.kind, message }] : [],
    );
  }

  /** Why the cluster is out of sight; undefined while it is not. */
  lost(namespace: string): string | undefined {
    return this.watchesOf(namespace).find(({ watch }) => watch.lost !== undefined)?.watch.lost;
  }

  private watchesOf(namespace: string): Watching[] {
    return [...this.watches.values()].filter(
      ({ watch }) => watch.namespace === undefined || watch.namespace === namespace,
    );
  }

  private isByNamespace({ kind }: TreeKind): boolean {
    return kind === EVENT_KIND.kind || this.narrow.has(kind);
  }

  private open(kind: TreeKind, namespace: string | undefined): void {
    const key = keyOf(kind, namespace);
    if (this.watches.has(key)) return;
    const abort = new AbortController();
    const watch = new KindWatch(kind, namespace, {
      put: (object) => this.tell(object, 'put'),
      gone: (object) => this.tell(object, 'gone'),
      changed: () => this.changed(namespace),
      narrow: () => this.narrowDown(kind),
    });
    this.watches.set(key, { watch, abort });
    void watch.run(this.connect, abort.signal);
  }

  private close(key: string, { abort }: Watching): void {
    this.watches.delete(key);
    abort.abort();
  }

  private narrowDown(kind: TreeKind): void {
    const key = keyOf(kind, undefined);
    const watching = this.watches.get(key);
    if (watching === undefined) return;
    this.close(key, watching);
    this.narrow.add(kind.kind);
    for (const { objects } of [watching.watch]) for (const object of objects.values()) this.tell(object, 'gone');
    for (const namespace of this.listeners.keys()) this.open(kind, namespace);
  }

  private tell(object: KubeObject, what: 'put' | 'gone'): void {
    for (const listener of this.listeners.get(object.metadata.namespace ?? '') ?? []) listener[what](object);
  }

  private changed(namespace: string | undefined): void {
    for (const [each, listeners] of this.listeners) {
      if (namespace !== undefined && each !== namespace) continue;
      for (const listener of listeners) listener.changed();
    }
  }
}

function keyOf({ kind }: TreeKind, namespace = ''): string {
  return `${kind} ${namespace}`;
}
