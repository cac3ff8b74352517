import type { ClusterData } from '@ushadow/contracts';
import { UsageError, type CommandContext } from '../command.ts';
import { visibleText } from '../terminal/terminal-text.ts';
import { sameClustersLines } from './same-clusters.ts';
import type { Gateway } from './with-gateway.ts';

/** The cluster that is meant: by id, by name, or the only one there is. */
export async function findCluster(
  { client }: Gateway,
  given: string | undefined,
  { environment, printError }: Pick<CommandContext, 'environment' | 'printError'>,
): Promise<ClusterData> {
  const clusters = await client.listClusters({});
  const wanted = given ?? environment['USHADOW_CLUSTER'];
  const found =
    wanted === undefined ? clusters : clusters.filter(({ cluster_id: id, name }) => id === wanted || name === wanted);
  const [cluster] = found;
  if (cluster !== undefined && found.length === 1) {
    for (const line of sameClustersLines([cluster], clusters)) printError(`${visibleText(line)}\n`);
    return cluster;
  }
  const names = clusters.map(({ name }) => name).join(', ') || 'none';
  const missing =
    wanted === undefined ? 'Name the cluster with --cluster.' : `No cluster has the name or id ${wanted}.`;
  throw new UsageError([`${missing} There are: ${names}.`, ...sameClustersLines(clusters, clusters)].join('\n'));
}
