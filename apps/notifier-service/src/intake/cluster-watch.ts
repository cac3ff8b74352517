import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, events, operations } from '@ushadow/contracts';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { Deliverer } from '../deliveries/deliverer.ts';
import { ClusterStateStore } from './cluster-state.store.ts';
import { judgeClusters } from './judge-clusters.ts';

/**
 * Compares clusters with what was told of them: when their service says that one has changed, and now and then, so that
 * what changed while nobody listened is found too.
 */
@Injectable()
export class ClusterWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  private looking: Promise<void> | undefined;
  private isAskedAgain = false;

  constructor(
    private readonly store: ClusterStateStore,
    private readonly deliverer: Deliverer,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
    private readonly rpc: RpcCaller,
    @Inject(CONFIG) private readonly config: NotifierConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.stopListening = this.bus.listen(events.clusterStatusChanged, undefined, () => {
        this.look();
      });
      this.look();
    });
    this.timer = setInterval(() => {
      this.look();
    }, this.config.CLUSTERS_INTERVAL_SECONDS * 1_000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopListening?.();
    await this.looking;
  }

  /** What changes during a look is seen by the next one. */
  private look(): void {
    if (this.looking !== undefined) {
      this.isAskedAgain = true;
      return;
    }
    this.looking = this.compare().finally(() => {
      this.looking = undefined;
      if (!this.isAskedAgain) return;
      this.isAskedAgain = false;
      this.look();
    });
  }

  private async compare(): Promise<void> {
    const { PUBLIC_URL: publicUrl, CREDENTIAL_DAYS: soonDays } = this.config;
    try {
      const clusters = await this.rpc.call(operations.listClusters, {});
      const judging = { now: new Date(), publicUrl, soonDays };
      const added = await this.store.compare((known) => judgeClusters(clusters, known, judging));
      if (added > 0) this.deliverer.wake();
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ err: error, code }, 'clusters could not be compared with what was told of them');
    }
  }
}
