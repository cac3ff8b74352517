import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditAnchor, BusConnection, EventBus } from '@ushadow/messaging';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import { DriftSchedule } from './drift/drift-schedule.ts';
import { OutboxRelay } from '@ushadow/postgres';
import { MaintenanceSchedule } from '@ushadow/service';
import { Worker } from './worker/worker.ts';

/** What runs beside the request handlers, started with the process and stopped before the bus closes. */
@Injectable()
export class Background implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly anchor: AuditAnchor,
    private readonly worker: Worker,
    private readonly retention: MaintenanceSchedule,
    private readonly drift: DriftSchedule,
    private readonly clusters: ClusterConnections,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
  ) {}

  onApplicationBootstrap(): void {
    const { relay, anchor, worker, retention, drift, clusters, connection, bus } = this;
    relay.start();
    anchor.start();
    worker.start();
    retention.start();
    drift.start();
    void connection.opened().then(() => {
      clusters.forgetRemoved(bus);
    });
  }

  /** Hands over at once; the rest of the end may take its time. */
  handOver(): void {
    void this.worker.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.retention.stop();
    await this.drift.stop();
    await this.worker.stop();
    await this.relay.stop();
    await this.anchor.stop();
    await this.clusters.close();
  }
}
