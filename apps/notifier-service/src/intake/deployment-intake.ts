import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { events, streams, type AuditEntryData } from '@ushadow/contracts';
import { BusConnection, EventConsumer } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { Deliverer } from '../deliveries/deliverer.ts';
import { DeliveryQueue } from '../deliveries/delivery-queue.store.ts';
import { fromDeployment } from '../notifications/from-deployment.ts';
import { ClusterStateStore } from './cluster-state.store.ts';

/**
 * How deployments end, from the audit that the deployer writes in the same transaction: what ended while this service was
 * away waits in the stream. An entry is acknowledged once there is a row for each channel it goes to.
 */
@Injectable()
export class DeploymentIntake implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly consumer: EventConsumer<typeof events.deployerRecorded>;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly clusters: ClusterStateStore,
    private readonly deliverer: Deliverer,
    connection: BusConnection,
    @Inject(CONFIG) private readonly config: NotifierConfig,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.consumer = new EventConsumer(connection, {
      stream: streams.audit,
      event: events.deployerRecorded,
      logger,
      take: (entry) => this.take(entry),
    });
  }

  onApplicationBootstrap(): void {
    void this.consumer.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.consumer.stop();
  }

  private async take(entry: AuditEntryData): Promise<void> {
    const { cluster_id: id } = entry;
    const clusterName = (id === null ? undefined : await this.clusters.nameOf(id)) ?? id ?? '';
    const notification = fromDeployment(entry, { clusterName, publicUrl: this.config.PUBLIC_URL });
    if (notification === undefined) return;
    const told = { eventId: entry.audit_id, at: new Date(entry.time), notification };
    if ((await this.queue.add([told])) > 0) this.deliverer.wake();
  }
}
