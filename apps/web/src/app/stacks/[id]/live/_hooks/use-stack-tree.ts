import { KeptTree } from '@ushadow/contracts';
import { useEffect, useState } from 'react';

const EVENTS = ['snapshot', 'changed', 'removed', 'unseen', 'interrupted', 'resumed'] as const;

export interface StackTree {
  /** Undefined until it has been told once. */
  readonly tree: KeptTree | undefined;
  /** The connection is away; the browser tries again by itself. */
  readonly isAway: boolean;
}

/** The tree of a stack as its stream tells it, for as long as the page shows it. */
export function useStackTree(stackId: string): StackTree {
  const [state, setState] = useState<StackTree>({ tree: undefined, isAway: false });
  useEffect(() => {
    const source = new EventSource(`/api/stacks/${encodeURIComponent(stackId)}/tree/stream`);
    let kept = new KeptTree();
    let isShown = false;
    for (const event of EVENTS) {
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        kept = kept.after(event, JSON.parse(data));
        isShown ||= event === 'snapshot' || event === 'interrupted';
        setState({ tree: isShown ? kept : undefined, isAway: false });
      });
    }
    source.addEventListener('error', () => {
      setState(({ tree }) => ({ tree, isAway: true }));
    });
    return () => {
      source.close();
    };
  }, [stackId]);
  return state;
}
