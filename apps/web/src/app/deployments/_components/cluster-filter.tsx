import type { ClusterData } from '@ushadow/contracts';
import styles from './cluster-filter.module.css';

interface ClusterFilterProps {
  readonly clusters: readonly ClusterData[];
  readonly value: string;
  readonly onChange: (clusterId: string) => void;
}

export function ClusterFilter({ clusters, value, onChange }: ClusterFilterProps) {
  return (
    <label className={styles['filter']}>
      Cluster
      <select
        value={value}
        data-testid="cluster-filter"
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        <option value="">All</option>
        {clusters.map((cluster) => (
          <option key={cluster.cluster_id} value={cluster.cluster_id}>
            {cluster.name}
          </option>
        ))}
      </select>
    </label>
  );
}
