import type { ClusterData, StackData, StackSummaryData } from '@ushadow/contracts';
import { useQuery } from '../../../../../api/use-query.ts';

export interface Place {
  readonly clusters: readonly ClusterData[];
  /** Null while there is none to choose, or none is chosen. */
  readonly clusterId: string | null;
  /** The project's stacks in the cluster. */
  readonly stacks: readonly StackSummaryData[];
  /** The one that is deployed to; null for a new one. */
  readonly stack: StackData | null;
  /** Everything that the form starts from is there. */
  readonly isKnown: boolean;
  readonly error: unknown;
  readonly reload: () => void;
}

interface Wanted {
  readonly project: string;
  /** As the address has them. */
  readonly cluster: string | null;
  readonly namespace: string | null;
}

/** Where a project is deployed to: the only connected cluster by itself, and the stack it has there. */
export function usePlace({ project, cluster, namespace }: Wanted): Place {
  const clusters = useQuery('listClusters', {});
  const connected = clusters.data?.filter(({ status }) => status === 'connected') ?? [];
  const clusterId = cluster ?? (connected.length === 1 ? (connected[0]?.cluster_id ?? null) : null);
  const stacks = useQuery(
    'listStacks',
    { project, cluster_id: clusterId ?? '', limit: 200 },
    { enabled: clusterId !== null },
  );
  const known = stacks.data?.stacks ?? [];
  const named = known.find((stack) => stack.namespace === namespace);
  const chosen = named ?? (known.length === 1 && namespace === null ? known[0] : undefined);
  const stack = useQuery('getStack', { stack_id: chosen?.stack_id ?? '' }, { enabled: chosen !== undefined });
  const hasStack = chosen === undefined || stack.data !== undefined;
  return {
    clusters: clusters.data ?? [],
    clusterId,
    stacks: known,
    stack: chosen === undefined ? null : (stack.data ?? null),
    isKnown: clusters.data !== undefined && (clusterId === null || (stacks.data !== undefined && hasStack)),
    error: clusters.error ?? stacks.error ?? stack.error,
    reload: () => {
      clusters.reload();
      stacks.reload();
      stack.reload();
    },
  };
}
