import { useQuery } from '../../../api/use-query.ts';

/** The name of a cluster; its id while it is not known, or is not registered any more. */
export function ClusterName({ clusterId }: { readonly clusterId: string }) {
  const { data } = useQuery('getCluster', { cluster_id: clusterId });
  return data === undefined ? <code>{clusterId}</code> : <strong>{data.name}</strong>;
}
