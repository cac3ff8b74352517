import type { ClusterData } from '@ushadow/contracts';
import { ClusterFilter } from '../../deployments/_components/cluster-filter.tsx';
import filterStyles from '../../deployments/_components/cluster-filter.module.css';
import styles from './stack-filters.module.css';

interface StackFiltersProps {
  readonly clusters: readonly ClusterData[];
  readonly projects: readonly string[];
  readonly clusterId: string | null;
  readonly project: string | null;
  readonly onChange: (change: { readonly cluster?: string; readonly project?: string }) => void;
}

export function StackFilters({ clusters, projects, clusterId, project, onChange }: StackFiltersProps) {
  const names = [...new Set([...projects, ...(project === null ? [] : [project])])].sort();
  return (
    <div className={styles['filters']}>
      <ClusterFilter
        clusters={clusters}
        value={clusterId ?? ''}
        onChange={(cluster) => {
          onChange({ cluster });
        }}
      />
      <label className={filterStyles['filter']}>
        Project
        <select
          value={project ?? ''}
          data-testid="project-filter"
          onChange={(event) => {
            onChange({ project: event.target.value });
          }}
        >
          <option value="">All</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
