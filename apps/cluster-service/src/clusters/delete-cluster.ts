import { Injectable } from '@nestjs/common';
import { events } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';

/** Forgets a cluster with its credential. What was deployed to it stays there. */
@Injectable()
export class DeleteCluster {
  constructor(
    private readonly store: ClusterStore,
    private readonly bus: EventBus,
  ) {}

  async run(id: string): Promise<{ name: string }> {
    const name = await this.store.delete(id);
    if (name === undefined) throw clusterNotFound(id);
    this.bus.announce(events.clusterRemoved, { cluster_id: id });
    return { name };
  }
}
