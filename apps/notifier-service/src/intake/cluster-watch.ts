import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError, events, operations } from '@ushadow/contracts';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { Deliverer } from '../deliveries/deliverer.ts';
import { ClusterStateStore } from './cluster-state.store.ts';
import { ForgetRemoved } from './forget-removed.ts';
import { judgeClusters } from './judge-clusters.ts';

/** So often it is looked whether what people have set is about anything still; and when a cluster has gone. */
const FORGET_MS = 3_600_000;

/**
 * Compares clusters with what was told of them: when their service says that one has changed, and now and then, so that
 * what changed while nobody listened is found too.
 */
@Injectable()
export class ClusterWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly stopListening: (() => void)[] = [];
  private looking: Promise<void> | undefined;
  private isAskedAgain = false;
  /** When it is looked again for what is set for nothing. */
  private forgetAt = -Infinity;

  constructor(
    private readonly store: ClusterStateStore,
    private readonly removed: ForgetRemoved,
    private readonly deliverer: Deliverer,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
    private readonly rpc: RpcCaller,
    @Inject(CONFIG) private readonly config: NotifierConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      const look = (): void => {
        this.look();
      };
      this.stopListening.push(
        this.bus.listen(events.clusterStatusChanged, undefined, look),
        // It may have come and gone between two looks.
        this.bus.listen(events.clusterRemoved, undefined, () => {
          this.forgetAt = -Infinity;
          look();
        }),
      );
      this.look();
    });
    this.timer = setInterval(() => {
      this.look();
    }, this.config.CLUSTERS_INTERVAL_SECONDS * 1_000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    for (const stop of this.stopListening) stop();
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

  private async forget(clusters: ReadonlySet<string>): Promise<void> {
    if (performance.now() < this.forgetAt) return;
    // Before it begins: what goes meanwhile asks for it once more.
    this.forgetAt = performance.now() + FORGET_MS;
    try {
      await this.removed.run(clusters);
    } catch (error) {
      this.forgetAt = -Infinity;
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ err: error, code }, 'what is set for clusters and stacks that are gone is looked for again');
    }
  }

  private async compare(): Promise<void> {
    const { PUBLIC_URL: publicUrl, CREDENTIAL_DAYS: soonDays } = this.config;
    try {
      const clusters = await this.rpc.call(operations.listClusters, {});
      const judging = { now: new Date(), publicUrl, soonDays };
      const ids = new Set(clusters.map(({ cluster_id: id }) => id));
      let isOneGone = false;
      const added = await this.store.compare((known) => {
        isOneGone = [...known.keys()].some((id) => !ids.has(id));
        return judgeClusters(clusters, known, judging);
      });
      if (added > 0) this.deliverer.wake();
      if (isOneGone) this.forgetAt = -Infinity;
      await this.forget(ids);
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ err: error, code }, 'clusters could not be compared with what was told of them');
    }
  }
}
