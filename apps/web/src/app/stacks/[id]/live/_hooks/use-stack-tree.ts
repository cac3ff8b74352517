import { KeptTree } from '@ushadow/contracts';
import { useEffect, useState } from 'react';

const EVENTS = ['snapshot', 'changed', 'removed', 'unseen', 'interrupted', 'resumed'] as const;

export interface StackTree {
  /** Undefined until it has been told once. */
  readonly tree: KeptTree | undefined;
  /** The connection is away; the browser tries again by itself. */
  readonly isAway: boolean;
}

/**
 * The tree of a stack as its stream tells it, for as long as the page is in view: a browser has few connections to a host, and
 * a tab that nobody sees needs none. One that is seen again begins with a snapshot.
 */
export function useStackTree(stackId: string): StackTree {
  const [state, setState] = useState<StackTree>({ tree: undefined, isAway: false });
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
  const source = new EventSource(`/api/stacks/${encodeURIComponent(stackId)}/tree/stream`);
  for (const event of EVENTS) {
    source.addEventListener(event, ({ data }: MessageEvent<string>) => {
      const content: unknown = JSON.parse(data);
      tell(({ tree }) => ({ tree: (tree ?? new KeptTree()).after(event, content), isAway: false }));
    });
  }
  source.addEventListener('error', () => {
    tell(({ tree }) => ({ tree, isAway: true }));
  });
  return () => {
    source.close();
  };
}
