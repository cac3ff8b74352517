import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import {
  DomainError,
  events,
  operations,
  type NotificationData,
  type StackSummaryData,
  clusterOf,
  type Target,
} from '@ushadow/contracts';
import { BusConnection, EventBus, RpcCaller } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { Deliverer } from '../deliveries/deliverer.ts';
import { DeliveryQueue } from '../deliveries/delivery-queue.store.ts';
import { driftId, fromDrift, fromResolved, resolvedId } from '../notifications/from-drift.ts';
import { ClusterStateStore } from './cluster-state.store.ts';

const PAGE = 200;
const AGAIN_MS = 30_000;
/** An event may be lost: its publisher or the bus was away for a moment. */
const LOOK_MS = 600_000;
/** As many objects are in the event. */
const TOLD_MAX = 20;

/**
 * What others change of stacks: by the event; and at the start and now and then by what the deployer has kept of each, so that
 * what was found, or was over, while nobody listened is told too. Both have the same id.
 */
@Injectable()
export class DriftWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopListening: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly clusters: ClusterStateStore,
    private readonly deliverer: Deliverer,
    private readonly connection: BusConnection,
    private readonly bus: EventBus,
    private readonly rpc: RpcCaller,
    @Inject(CONFIG) private readonly config: NotifierConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.connection.opened().then(() => {
      this.stopListening.push(
        this.bus.listen(events.stackDrifted, undefined, (drift) => {
          void this.tell(driftId(drift), drift, (name) => fromDrift(drift, name, this.config.PUBLIC_URL));
        }),
        this.bus.listen(events.stackDriftResolved, undefined, (resolved) => {
          void this.tell(resolvedId(resolved), resolved, (name) =>
            fromResolved(resolved, name, this.config.PUBLIC_URL),
          );
        }),
      );
      void this.catchUp();
    });
  }

  beforeApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    for (const stop of this.stopListening) stop();
  }

  private async tell(
    eventId: string,
    { target }: { readonly target: Target },
    notificationFor: (clusterName: string) => NotificationData,
    at = new Date(),
  ): Promise<void> {
    try {
      const clusterId = clusterOf(target);
      const notification = notificationFor((await this.clusters.nameOf(clusterId)) ?? clusterId);
      if ((await this.queue.add([{ eventId, at, notification }])) > 0) this.deliverer.wake();
    } catch (error) {
      this.logger.error({ err: error, eventId }, 'a drift could not be taken up; it is with the next look');
    }
  }

  private async catchUp(): Promise<void> {
    const isDone = await this.lookAtAll();
    if (!this.isStopped) this.timer = setTimeout(() => void this.catchUp(), isDone ? LOOK_MS : AGAIN_MS);
  }

  /** False where the deployer does not answer. */
  private async lookAtAll(): Promise<boolean> {
    try {
      const told = new Map((await this.queue.driftsTold()).map((each) => [each.stackId, each.since]));
      let cursor: string | undefined;
      do {
        const page = await this.rpc.call(operations.listStacks, {
          limit: PAGE,
          ...(cursor === undefined ? {} : { cursor }),
        });
        for (const stack of page.stacks) {
          const since = told.get(stack.stack_id);
          if (stack.drift.state === 'drifted') await this.tellKept(stack);
          else if (stack.drift.state === 'none' && since !== undefined) await this.tellOver(stack, since);
        }
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return true;
    } catch (error) {
      const code = error instanceof DomainError ? error.code : undefined;
      this.logger.warn({ code }, 'what is kept of drift is asked for again');
      return false;
    }
  }

  private async tellOver({ stack_id, target, namespace, project, revision }: StackSummaryData, since: string) {
    if (revision === null) return;
    const resolved = { stack_id, target, namespace, project, revision, since };
    const notificationFor = (name: string) => fromResolved(resolved, name, this.config.PUBLIC_URL);
    await this.tell(resolvedId(resolved), resolved, notificationFor);
  }

  private async tellKept(stack: StackSummaryData): Promise<void> {
    const { stack_id, target, namespace, project } = stack;
    const { since, revision, count, objects } = await this.rpc.call(operations.getDrift, { stack_id });
    if (since === null || revision === null) return;
    const told = objects.slice(0, TOLD_MAX).map(({ object, state, fields }) => ({
      ...{ object, state, fields: fields.map(({ path }) => path) },
      managers: [...new Set(fields.flatMap(({ manager }) => manager ?? []))],
    }));
    const drift = { stack_id, target, namespace, project, revision, since, count, objects: told };
    const notificationFor = (name: string) => fromDrift(drift, name, this.config.PUBLIC_URL);
    await this.tell(driftId(drift), drift, notificationFor, new Date(since));
  }
}
