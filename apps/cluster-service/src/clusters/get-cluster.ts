import { Injectable } from '@nestjs/common';
import { clusterNotFound } from './cluster-not-found.ts';
import { ClusterStore } from './cluster.store.ts';
import type { Cluster } from './cluster.ts';

@Injectable()
export class GetCluster {
  constructor(private readonly store: ClusterStore) {}

  async run(id: string): Promise<Cluster> {
    const cluster = await this.store.find(id);
    if (cluster === undefined) throw clusterNotFound(id);
    return cluster;
  }
}
