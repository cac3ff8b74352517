'use client';

import type { ClusterData } from '@ushadow/contracts';
import { useQuery } from '../../../api/use-query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { CardDetails } from './card-details.tsx';
import styles from './cluster-nodes.module.css';

/** The nodes of a cluster, asked for when opened. */
export function ClusterNodes({ cluster }: { readonly cluster: ClusterData }) {
  return (
    <CardDetails summary="Nodes" testId={`nodes-${cluster.cluster_id}`}>
      {() => <NodeList clusterId={cluster.cluster_id} />}
    </CardDetails>
  );
}

function NodeList({ clusterId }: { readonly clusterId: string }) {
  const { data, error, reload } = useQuery('listNodes', { cluster_id: clusterId });
  if (error !== undefined) return <ErrorNotice error={error} onRetry={reload} />;
  if (data === undefined) return <p role="status">Loading nodes…</p>;
  if (data.length === 0) return <p>The cluster has no nodes, so nothing can run in it.</p>;
  return (
    <ul className={styles['list']}>
      {data.map((node) => (
        <li key={node.name}>
          <div className={styles['line']}>
            <strong>{node.name}</strong>
            <Badge tone={node.ready ? 'ok' : 'bad'} icon={node.ready ? 'check' : 'cross'}>
              {node.status}
            </Badge>
          </div>
          <p>
            {[
              node.roles.join(', '),
              node.cpu_capacity === null ? null : `${node.cpu_capacity} CPU`,
              node.memory_capacity === null ? null : `${node.memory_capacity} memory`,
              node.kubelet_version,
              node.os_image,
            ]
              .filter((fact) => fact !== null && fact !== '')
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  );
}
