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
  const clusterId = cluster ?? onlyConnected(clusters.data);
  const hasCluster = clusterId !== null;
  const stacks = useQuery('listStacks', { project, cluster_id: clusterId ?? '', limit: 200 }, { enabled: hasCluster });
  const known = stacks.data?.stacks ?? [];
  const stackId = meant(known, namespace)?.stack_id ?? null;
  const stack = useQuery('getStack', { stack_id: stackId ?? '' }, { enabled: stackId !== null });
  const isStackKnown = stacks.data !== undefined && (stackId === null || stack.data !== undefined);
  return {
    clusters: clusters.data ?? [],
    clusterId,
    stacks: known,
    stack: (stackId === null ? null : stack.data) ?? null,
    isKnown: clusters.data !== undefined && (!hasCluster || isStackKnown),
    error: clusters.error ?? stacks.error ?? stack.error,
    reload: () => {
      for (const query of [clusters, stacks, stack]) query.reload();
    },
  };
}

function onlyConnected(clusters: readonly ClusterData[] | undefined): string | null {
  const [first, ...others] = clusters?.filter(({ status }) => status === 'connected') ?? [];
  return others.length === 0 ? (first?.cluster_id ?? null) : null;
}

/** The stack in the namespace that is named; unless one is, the project's only one. */
function meant(stacks: readonly StackSummaryData[], namespace: string | null): StackSummaryData | undefined {
  if (namespace !== null) return stacks.find((stack) => stack.namespace === namespace);
  return stacks.length === 1 ? stacks[0] : undefined;
}
