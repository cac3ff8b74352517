import type { TreeNodeData, UnseenKindData } from '@ushadow/contracts';
import type { ViewChange } from '../live/stack-view.ts';

/** What is still to be said, each node once: however long the reader takes, no more is held than the tree has nodes. */
export interface Unsaid {
  readonly changed: readonly TreeNodeData[];
  readonly removed: readonly string[];
  readonly unseen: readonly UnseenKindData[] | undefined;
  /** Whether the cluster is out of sight, where that is news. */
  readonly sight: { readonly lost: string | undefined } | undefined;
}

/** Between a view, which does not wait, and a reader who may be slow. */
export class TreeOutbox {
  private readonly changed = new Map<string, TreeNodeData>();
  private readonly removed = new Set<string>();
  private unseen: readonly UnseenKindData[] | undefined;
  private sight: Unsaid['sight'];
  private isWoken = false;
  private wakeReader: (() => void) | undefined;

  add(change: ViewChange): void {
    if (change.type === 'changed') this.addNodes(change.changed, change.removed);
    else if (change.type === 'unseen') this.unseen = change.unseen;
    else this.sight = { lost: change.type === 'interrupted' ? change.message : undefined };
    this.wake();
  }

  /** Lets the reader look, also where nothing is to be said. */
  wake(): void {
    this.isWoken = true;
    this.wakeReader?.();
  }

  /** Resolves when there is something; undefined once the signal is aborted. */
  async take(signal: AbortSignal): Promise<Unsaid | undefined> {
    while (!this.isWoken && !signal.aborted) await this.woken(signal);
    if (signal.aborted) return undefined;
    const { unseen, sight } = this;
    const unsaid = { changed: [...this.changed.values()], removed: [...this.removed], unseen, sight };
    this.changed.clear();
    this.removed.clear();
    [this.unseen, this.sight, this.isWoken] = [undefined, undefined, false];
    return unsaid;
  }

  private addNodes(changed: readonly TreeNodeData[], removed: readonly string[]): void {
    for (const node of changed) {
      this.changed.set(node.id, node);
      this.removed.delete(node.id);
    }
    for (const id of removed) {
      this.changed.delete(id);
      this.removed.add(id);
    }
  }

  private woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        signal.removeEventListener('abort', settle);
        this.wakeReader = undefined;
        resolve();
      };
      this.wakeReader = settle;
      signal.addEventListener('abort', settle, { once: true });
    });
  }
}
