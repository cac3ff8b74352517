import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@ushadow/contracts';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import { ProcessIdentity } from '../clusters/process-identity.ts';
import type { DeployerConfig } from '../config.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { CheckDrift } from './check-drift.ts';
import { DriftStore, type DriftLease } from './drift.store.ts';

const CLAIM_MS = 5_000;
const ENLIST_MS = 60_000;
/** Of one process, each of another cluster. */
const CHECKED_MAX = 4;

/** With these a cluster cannot be asked: its other stacks need not be tried. */
const UNREACHABLE: ReadonlySet<string> = new Set(['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED', 'CLUSTER_NOT_FOUND']);

/** Looks at every stack once in an interval, spread over it; of several processes one does it. */
@Injectable()
export class DriftSchedule {
  private readonly every: number;
  private readonly running = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private enlistedAt = -Infinity;
  private isClaiming = false;
  private stopped = false;

  constructor(
    private readonly store: DriftStore,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly check: CheckDrift,
    private readonly identity: ProcessIdentity,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: DeployerConfig,
  ) {
    this.every = config.WORKER_CONCURRENCY === 0 ? 0 : config.DRIFT_EVERY_MINUTES;
  }

  start(): void {
    if (this.every === 0) return;
    this.timer = setInterval(() => void this.claimMore(), CLAIM_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await Promise.all(this.running.values());
  }

  private async claimMore(): Promise<void> {
    const { store, identity, running, logger } = this;
    if (this.isClaiming) return;
    this.isClaiming = true;
    try {
      await this.enlist();
      while (running.size < CHECKED_MAX && !this.stopped) {
        const lease = await store.claim(identity.id, []);
        if (lease === undefined) return;
        running.set(
          lease.stackId,
          this.checkOne(lease).finally(() => running.delete(lease.stackId)),
        );
      }
    } catch (error) {
      logger.warn({ err: error }, 'could not look for stacks to compare');
    } finally {
      this.isClaiming = false;
    }
  }

  private async enlist(): Promise<void> {
    const now = performance.now();
    if (now - this.enlistedAt < ENLIST_MS) return;
    this.enlistedAt = now;
    await this.store.enlist(this.every);
  }

  private async checkOne(lease: DriftLease): Promise<void> {
    const { store, stacks, contents, check, logger, every } = this;
    const stack = await stacks.find(lease.stackId).catch(() => undefined);
    try {
      const good = stack === undefined ? undefined : await contents.lastGood(stack.id);
      const isDeployed = good !== undefined && Object.keys(good.content.services).length > 0;
      const kept =
        stack === undefined || !isDeployed ? undefined : await check.keep(stack, good, await check.look(stack, good));
      if (kept === undefined) await store.release(lease, every);
    } catch (error) {
      logger.debug({ err: error, stackId: lease.stackId }, 'a stack could not be compared');
      const isAway = error instanceof DomainError && UNREACHABLE.has(error.code);
      const over = isAway && stack !== undefined ? store.postpone(stack.target) : store.release(lease, every);
      await over.catch(() => undefined);
    }
  }
}
