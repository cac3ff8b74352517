import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError, events, operations } from '@ushadow/contracts';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { ScanStore } from './scan.store.ts';

const SWEEP_MS = 300_000;

/** Drops the scans of removed clusters: at once by the event, and by a sweep in case the event was missed. */
@Injectable()
export class ForgetRemovedClusters implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopListening: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: ScanStore,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
    private readonly rpc: RpcCaller,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.stopListening = this.bus.listen(
        events.clusterRemoved,
        undefined,
        (data) => void this.forget(data.cluster_id),
      );
      void this.sweep();
    });
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    this.stopListening?.();
  }

  private async forget(clusterId: string): Promise<void> {
    try {
      await this.store.deleteCluster(clusterId);
    } catch (error) {
      this.logger.warn({ err: error, clusterId }, 'scans of a removed cluster stay until the next sweep');
    }
  }

  private async sweep(): Promise<void> {
    try {
      const scanned = await this.store.clusterIds();
      if (scanned.length === 0) return;
      const known = new Set((await this.rpc.call(operations.listClusters, {})).map((cluster) => cluster.cluster_id));
      for (const clusterId of scanned) if (!known.has(clusterId)) await this.store.deleteCluster(clusterId);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ err: error, code }, 'sweep of removed clusters failed');
    }
  }
}
