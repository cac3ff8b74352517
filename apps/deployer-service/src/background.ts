import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { BusConnection, EventBus } from '@ushadow/messaging';
import type { ClusterConnections } from './clusters/cluster-connections.ts';
import type { OutboxRelay } from './outbox/outbox-relay.ts';
import type { Settler } from './settle/settler.ts';
import type { Worker } from './worker/worker.ts';

interface BackgroundParts {
  readonly relay: OutboxRelay;
  /** Absent in a process that only answers requests. */
  readonly worker: Worker | undefined;
  readonly settler: Settler | undefined;
  readonly clusters: ClusterConnections;
  readonly connection: BusConnection;
  readonly bus: EventBus;
}

/** What runs beside the request handlers, started with the process and stopped before the bus closes. */
export class Background implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly parts: BackgroundParts;

  constructor(parts: BackgroundParts) {
    this.parts = parts;
  }

  onApplicationBootstrap(): void {
    const { relay, worker, settler, clusters, connection, bus } = this.parts;
    relay.start();
    worker?.start();
    settler?.start();
    void connection.opened().then(() => {
      clusters.forgetRemoved(bus);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.worker?.stop();
    await this.parts.settler?.stop();
    await this.parts.relay.stop();
    await this.parts.clusters.close();
  }
}
