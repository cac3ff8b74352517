import type { ClusterData } from '@ushadow/contracts';

/** A line for clusters that are registered more than once: they share what is deployed. */
export function sameClustersLines(
  of: readonly ClusterData[],
  all: readonly Pick<ClusterData, 'cluster_id' | 'name'>[],
): readonly string[] {
  const names = new Map(all.map(({ cluster_id: id, name }) => [id, name]));
  const lines = of
    .filter(({ same_as: others }) => others.length > 0)
    .map(({ cluster_id: own, same_as: others }) => [own, ...others].map((id) => names.get(id) ?? id).sort())
    .map((same) => `${same.join(' and ')} are the same cluster.`);
  return [...new Set(lines)];
}
