import type { ClusterData } from '@ushadow/contracts';
import { useQuery } from '../../../api/use-query.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { StatusDisplay } from '../../../ui/styling.ts';

const displays: Readonly<Record<ClusterData['status'], StatusDisplay>> = {
  connected: { label: 'Connected', tone: 'ok', icon: 'check' },
  unreachable: { label: 'Unreachable', tone: 'neutral', icon: 'cross' },
  unauthorized: { label: 'Unauthorized', tone: 'warn', icon: 'lock' },
};

export function ClusterStatus({ status }: { readonly status: ClusterData['status'] }) {
  const { label, tone, icon } = displays[status];
  return (
    <Badge tone={tone} icon={icon} testId="cluster-status">
      {label}
    </Badge>
  );
}

/** The name of a cluster; its id while it is not known, or is not registered any more. */
export function ClusterName({ clusterId }: { readonly clusterId: string }) {
  const { data } = useQuery('getCluster', { cluster_id: clusterId });
  return data === undefined ? <code>{clusterId}</code> : <strong>{data.name}</strong>;
}
