import { operations } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { Place } from './place.ts';

/** A cluster that exists, with its default namespace unless another is named. Throws CLUSTER_NOT_FOUND. */
export async function findPlace(caller: RpcCaller, clusterId: string, namespace: string | undefined): Promise<Place> {
  const cluster = await caller.call(operations.getCluster, { cluster_id: clusterId });
  return { clusterId, namespace: namespace ?? cluster.namespace };
}
