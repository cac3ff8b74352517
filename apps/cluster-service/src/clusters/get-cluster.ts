import { Injectable } from '@nestjs/common';
import { ClusterStore } from './cluster.store.ts';
import type { Cluster } from './cluster.ts';
import { type DomainError, failure, operations } from '@ushadow/contracts';

@Injectable()
export class GetCluster {
  constructor(private readonly store: ClusterStore) {}

  async run(id: string): Promise<Cluster> {
    const cluster = await this.store.find(id);
    if (cluster === undefined) throw clusterNotFound(id);
    return cluster;
  }
}

export function clusterNotFound(id: string): DomainError {
  return failure(operations.getCluster, 'CLUSTER_NOT_FOUND', `There is no cluster ${id}.`);
}
