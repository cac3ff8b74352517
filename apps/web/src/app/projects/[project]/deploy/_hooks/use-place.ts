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
  const scope = { project, cluster_id: clusterId ?? '', limit: 200 };
  const list = useQuery('listStacks', scope, { enabled: clusterId !== null });
  const stacks = list.data?.stacks ?? [];
  const stack = useStack(meant(stacks, namespace)?.stack_id ?? null);
  const areStacksKnown = clusterId === null || (list.data !== undefined && stack.isKnown);
  return {
    clusters: clusters.data ?? [],
    clusterId,
    stacks,
    stack: stack.data,
    isKnown: clusters.data !== undefined && areStacksKnown,
    error: clusters.error ?? list.error ?? stack.error,
    reload: () => {
      for (const query of [clusters, list, stack]) query.reload();
    },
  };
}

function useStack(id: string | null) {
  const { data, error, reload } = useQuery('getStack', { stack_id: id ?? '' }, { enabled: id !== null });
  return { data: (id === null ? null : data) ?? null, isKnown: id === null || data !== undefined, error, reload };
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
