import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError, events, operations } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import type { BusConnection } from './bus-connection.ts';
import type { EventBus } from './event-bus.ts';
import type { RpcCaller } from './rpc-caller.ts';

const SWEEP_MS = 300_000;

/** What a service keeps of clusters that are not its own. */
export interface KeptOfClusters {
  /** Every cluster that something is kept of. */
  clusterIds(): Promise<readonly string[]>;
  /** Gives how much was deleted. */
  deleteCluster(clusterId: string): Promise<number>;
  /** For those who only note a removal at first: every cluster there is, some of which may have been noted. */
  known?(clusterIds: readonly string[]): Promise<void>;
}

/** Drops what is kept of removed clusters: at once by the event, and by a sweep in case the event was missed. */
@Injectable()
export class ForgetRemovedClusters implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopListening: (() => void) | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly kept: KeptOfClusters,
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
      await this.kept.deleteCluster(clusterId);
    } catch (error) {
      this.logger.warn({ err: error, clusterId }, 'what is kept of a removed cluster stays until the next sweep');
    }
  }

  private async sweep(): Promise<void> {
    try {
      const kept = await this.kept.clusterIds();
      if (kept.length === 0) return;
      const known = new Set((await this.rpc.call(operations.listClusters, {})).map((cluster) => cluster.cluster_id));
      await this.kept.known?.([...known]);
      for (const clusterId of kept) if (!known.has(clusterId)) await this.kept.deleteCluster(clusterId);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ err: error, code }, 'sweep of removed clusters failed');
    }
  }
}
