import { operations } from '@ushadow/contracts';

const target = operations.getStack.output.shape.target;

/** The cluster that something says it is in: as its target where that is what it has, else by the cluster's id. */
export function clusterIn(from: object): string | undefined {
  const { target: given, cluster_id: id } = from as { readonly target?: unknown; readonly cluster_id?: unknown };
  if (given !== undefined) return target.safeParse(given).data?.id;
  return typeof id === 'string' ? id : undefined;
}
