import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import { LOGGER } from '@ushadow/service';
import { CheckCluster } from '../clusters/check-cluster.ts';
import { ClusterStore, type DueCluster } from '../clusters/cluster.store.ts';
import { CheckSchedule } from './check-schedule.ts';

/** Checks at once; each is one connection and four small requests. Clusters that hang hold their place for seconds. */
const CONCURRENCY = 32;
const TICK_MS = 250;
/** A process that dies during a check leaves the cluster to others after this long. */
const TAKEN_MS = 60_000;

/**
 * Looks at registered clusters by schedule. Several processes share the work through the table. What has piled up, as after
 * a time without a running process, is worked off at a bounded pace instead of all at once.
 */
@Injectable()
export class StatusSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly store: ClusterStore,
    private readonly check: CheckCluster,
    private readonly schedule: CheckSchedule,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.schedule.enabled) return;
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.allSettled(this.running);
  }

  private async tick(): Promise<void> {
    const free = CONCURRENCY - this.running.size;
    if (free <= 0) return;
    try {
      const now = new Date();
      const due = await this.store.takeDue(
        now,
        new Date(now.getTime() + TAKEN_MS),
        free,
        this.schedule.shareOf(TICK_MS),
      );
      for (const cluster of due) this.start(cluster);
    } catch (error) {
      this.logger.warn({ err: error }, 'status sweep could not read the clusters');
    }
  }

  private start(cluster: DueCluster): void {
    const work = this.checkOne(cluster).finally(() => this.running.delete(work));
    this.running.add(work);
  }

  private async checkOne({ id, failedChecks }: DueCluster): Promise<void> {
    try {
      await this.check.run(id, failedChecks);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'CLUSTER_NOT_FOUND') return;
      this.logger.error({ err: error, clusterId: id }, 'status check failed');
    }
  }
}
