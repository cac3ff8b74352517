import { Injectable } from '@nestjs/common';
import type { InputOf, operations } from '@ushadow/contracts';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';
import { DEFAULT_NAMESPACE, type Cluster } from './cluster.ts';
import { nameTaken } from './register-cluster.ts';

@Injectable()
export class UpdateCluster {
  constructor(private readonly store: ClusterStore) {}

  async run(input: InputOf<typeof operations.updateCluster>): Promise<Cluster> {
    const { cluster_id: id, name, namespace, labels, routing } = input;
    const updated = await this.store.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace: namespace ?? DEFAULT_NAMESPACE }),
      ...(labels === undefined ? {} : { labels }),
      ...(routing === undefined ? {} : { routing }),
    });
    if (updated === 'not-found') throw clusterNotFound(id);
    if (updated === 'name-taken') throw nameTaken(name ?? '');
    return updated;
  }
}
