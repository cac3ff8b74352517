import { operations } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { SavedValue } from '@ushadow/environment';

/** Where a service runs: what is saved for it is saved for one place. */
export interface Place {
  readonly clusterId: string;
  readonly namespace: string;
}

/** A cluster that exists, with its default namespace unless another is named. Throws CLUSTER_NOT_FOUND. */
export async function findPlace(caller: RpcCaller, clusterId: string, namespace: string | undefined): Promise<Place> {
  const cluster = await caller.call(operations.getCluster, { cluster_id: clusterId });
  return { clusterId, namespace: namespace ?? cluster.namespace };
}

/** What a user keeps for a service in a place. */
export interface SavedEnvironment {
  readonly values: Readonly<Record<string, SavedValue>>;
  /** The user's word on what is secret. */
  readonly secrets: Readonly<Record<string, boolean>>;
}
