import { Injectable } from '@nestjs/common';
import { events, type InputOf, type operations } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';
import { DEFAULT_NAMESPACE, type Cluster } from './cluster.ts';
import { nameTaken } from './register-cluster.ts';

@Injectable()
export class UpdateCluster {
  constructor(
    private readonly store: ClusterStore,
    private readonly bus: EventBus,
  ) {}

  async run(input: InputOf<typeof operations.updateCluster>): Promise<Cluster> {
    const { cluster_id: id, name, namespace, labels, routing, policies } = input;
    const updated = await this.store.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace: namespace ?? DEFAULT_NAMESPACE }),
      ...(labels === undefined ? {} : { labels }),
      ...(routing === undefined ? {} : { routing }),
      ...(policies === undefined ? {} : { policies }),
    });
    if (updated === 'not-found') throw clusterNotFound(id);
    if (updated === 'name-taken') throw nameTaken(name ?? '');
    if (policies !== undefined)
      this.bus.announce(events.clusterPoliciesChanged, { cluster_id: id, policies: updated.policies });
    return updated;
  }
}
