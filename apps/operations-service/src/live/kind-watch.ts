import { classifyError, formatObjectId, KubernetesApiError, objectId, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { slim, type TreeKind } from '@ushadow/live-tree';
import { setTimeout as wait } from 'node:timers/promises';

/** How far a watch is: `unserved` and `unseen` are ends as good as `synced`, of which there is nothing to show. */
export type WatchState = 'opening' | 'synced' | 'unserved' | 'unseen';

export interface KindWatchEvents {
  put(object: KubeObject): void;
  gone(object: KubeObject): void;
  /** The state, the message of what is unseen, or that sight is lost has changed. */
  changed(): void;
  /** The cluster does not let us see all namespaces at once. */
  narrow(): void;
}

/** Before a watch that has ended is opened again: a credential is replaced, a definition installed, a right given. */
const AGAIN_MS = { lost: 2_000, unseen: 60_000 } as const;

/**
 * One watch of a kind, in all namespaces or in one, for all who look, with the objects as they were told last. It goes on until
 * the signal, with whatever connection the cluster has by then.
 */
export class KindWatch {
  readonly objects = new Map<string, KubeObject>();
  state: WatchState = 'opening';
  /** Why it is unseen. */
  message = '';
  /** Why sight is lost for now. */
  lost: string | undefined;
  /** Told before, and not again since it was opened anew. */
  private untold = new Set<string>();

  constructor(
    readonly kind: TreeKind,
    readonly namespace: string | undefined,
    private readonly events: KindWatchEvents,
  ) {}

  async run(connect: () => Promise<KubernetesTransport>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let againMs: number = AGAIN_MS.lost;
      try {
        await this.follow(await connect(), signal);
      } catch (error) {
        if (signal.aborted) return;
        if (this.namespace === undefined && isForbidden(error)) return this.events.narrow();
        againMs = this.note(error);
      }
      await wait(againMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async follow(cluster: KubernetesTransport, signal: AbortSignal): Promise<void> {
    const { namespace, kind } = this;
    const { group, version, kind: name, labelSelector } = kind;
    const target = {
      ...{ group, version, kind: name },
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    };
    this.untold = new Set(this.objects.keys());
    const watch = cluster.watch(target, { signal, project: slim });
    try {
      for await (const event of watch) {
        if (signal.aborted) return;
        if (event.type === 'added' || event.type === 'modified') this.put(event.object);
        else if (event.type === 'deleted') this.remove(event.object);
        else if (event.type === 'synced') this.synced();
        else this.sight(event.type === 'interrupted' ? event.error.message : undefined);
      }
    } finally {
      watch.close();
    }
  }

  private put(object: KubeObject): void {
    // Items of a list do not say what they are.
    const { group, version, kind } = this.kind;
    const apiVersion = group === '' ? version : `${group}/${version}`;
    const whole = object.kind === kind ? object : { ...object, apiVersion, kind };
    const id = formatObjectId(objectId(whole));
    this.untold.delete(id);
    this.objects.set(id, whole);
    this.events.put(whole);
  }

  private remove(object: KubeObject): void {
    const id = formatObjectId(objectId({ ...object, kind: this.kind.kind }));
    const known = this.objects.get(id);
    if (known === undefined) return;
    this.objects.delete(id);
    this.events.gone(known);
  }

  private synced(): void {
    for (const id of this.untold) {
      const gone = this.objects.get(id);
      this.objects.delete(id);
      if (gone !== undefined) this.events.gone(gone);
    }
    this.untold.clear();
    this.become('synced');
  }

  private sight(lost: string | undefined): void {
    if (this.lost === lost) return;
    this.lost = lost;
    this.events.changed();
  }

  private become(state: WatchState, message = ''): void {
    const isNew = this.state !== state || this.message !== message || this.lost !== undefined;
    [this.state, this.message, this.lost] = [state, message, undefined];
    if (isNew) this.events.changed();
  }

  /** Gives when to look again. */
  private note(error: unknown): number {
    if (isForbidden(error)) {
      this.become('unseen', error.message);
      return AGAIN_MS.unseen;
    }
    if (error instanceof KubernetesApiError && classifyError(error) === 'not-found') {
      this.become('unserved');
      return AGAIN_MS.unseen;
    }
    this.sight(error instanceof Error ? error.message : String(error));
    return AGAIN_MS.lost;
  }
}

function isForbidden(error: unknown): error is KubernetesApiError {
  return error instanceof KubernetesApiError && classifyError(error) === 'forbidden';
}
