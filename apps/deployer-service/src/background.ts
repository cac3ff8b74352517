import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { AuditAnchor, BusConnection, EventBus } from '@ushadow/messaging';
import type { ClusterConnections } from './clusters/cluster-connections.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { OutboxRelay } from '@ushadow/postgres';
import type { Worker } from './worker/worker.ts';

interface BackgroundParts {
  readonly relay: OutboxRelay;
  readonly anchor: AuditAnchor;
  /** Absent in a process that only answers requests. */
  readonly worker: Worker | undefined;
  readonly housekeeping: Housekeeping;
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
    const { relay, anchor, worker, housekeeping, clusters, connection, bus } = this.parts;
    relay.start();
    anchor.start();
    worker?.start();
    housekeeping.start();
    void connection.opened().then(() => {
      clusters.forgetRemoved(bus);
    });
  }

  /** Hands over at once; the rest of the end may take its time. */
  handOver(): void {
    void this.parts.worker?.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.housekeeping.stop();
    await this.parts.worker?.stop();
    await this.parts.relay.stop();
    await this.parts.anchor.stop();
    await this.parts.clusters.close();
  }
}
