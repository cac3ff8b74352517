import type { ClusterData } from '@ushadow/contracts';
import { Tile, Tiles } from '../../../ui/tiles.tsx';

export function ClusterTiles({ clusters }: { readonly clusters: readonly ClusterData[] }) {
  const connected = clusters.filter((cluster) => cluster.status === 'connected').length;
  const nodes = clusters.reduce((sum, cluster) => sum + (cluster.node_count ?? 0), 0);
  return (
    <Tiles>
      <Tile label="Clusters" value={clusters.length} testId="total-clusters" />
      <Tile label="Connected" value={connected} testId="connected-clusters" />
      <Tile label="Nodes" value={nodes} testId="total-nodes" />
    </Tiles>
  );
}
