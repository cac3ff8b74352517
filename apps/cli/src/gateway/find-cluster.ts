import type { ClusterData } from '@ushadow/contracts';
import { UsageError, type Surroundings } from '../command.ts';
import type { Gateway } from './with-gateway.ts';

/** The cluster that is meant: by id, by name, or the only one there is. */
export async function findCluster(
  { client }: Gateway,
  given: string | undefined,
  { environment }: Pick<Surroundings, 'environment'>,
): Promise<ClusterData> {
  const clusters = await client.listClusters({});
  const wanted = given ?? environment['USHADOW_CLUSTER'];
  const found =
    wanted === undefined ? clusters : clusters.filter(({ cluster_id: id, name }) => id === wanted || name === wanted);
  const [cluster] = found;
  if (cluster !== undefined && found.length === 1) return cluster;
  const names = clusters.map(({ name }) => name).join(', ') || 'none';
  if (wanted === undefined) throw new UsageError(`Name the cluster with --cluster. There are: ${names}.`);
  throw new UsageError(`No cluster has the name or id ${wanted}. There are: ${names}.`);
}
