import { followEvents, followPorts, KeptTree } from '@ushadow/contracts';
import { useEffect, useState } from 'react';

const EVENTS: ReadonlySet<string> = new Set(['snapshot', 'changed', 'removed', 'unseen', 'interrupted', 'resumed']);

export interface StackTree {
  /** Undefined until it has been told once. */
  readonly tree: KeptTree | undefined;
  /** The connection is away; it is tried again. */
  readonly isAway: boolean;
  /** Why it cannot be followed, and is not tried again. */
  readonly error: unknown;
}

/**
 * The tree of a stack as its stream tells it, for as long as the page is in view: a browser has few connections to a host, and
 * a tab that nobody sees needs none. One that is seen again begins with a snapshot.
 */
export function useStackTree(stackId: string): StackTree {
  const [state, setState] = useState<StackTree>({ tree: undefined, isAway: false, error: undefined });
  useEffect(() => {
    let close = (): void => undefined;
    const open = (): void => {
      close();
      close = document.visibilityState === 'visible' ? follow(stackId, setState) : () => undefined;
    };
    open();
    document.addEventListener('visibilitychange', open);
    return () => {
      document.removeEventListener('visibilitychange', open);
      close();
    };
  }, [stackId]);
  return state;
}

function follow(stackId: string, tell: (change: (before: StackTree) => StackTree) => void): () => void {
  return followEvents(
    {
      url: `/api/stacks/${encodeURIComponent(stackId)}/tree/stream`,
      // Each connection begins with all there is.
      lastEventId: () => undefined,
      take: ({ event, data }) => {
        if (!EVENTS.has(event)) return false;
        const content: unknown = JSON.parse(data);
        tell(({ tree }) => ({ tree: (tree ?? new KeptTree()).after(event, content), isAway: false, error: undefined }));
        return false;
      },
      onLost: () => {
        tell(({ tree }) => ({ tree, isAway: true, error: undefined }));
      },
      onRefused: (error) => {
        tell(({ tree }) => ({ tree, isAway: false, error }));
      },
    },
    followPorts('', window),
  );
}
