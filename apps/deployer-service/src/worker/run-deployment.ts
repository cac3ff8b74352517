import {
  checkpointOf,
  deploy,
  type ClusterPort,
  type DeployEvent,
  type DeployOptions,
  type DeployResult,
  type DesiredState,
} from '@ushadow/deploy-engine';
import type { CancelSignal, Clock } from '@ushadow/kubernetes';
import { systemClock } from '@ushadow/kubernetes/transport';
import { events, type ProgressEventData } from '@ushadow/contracts';
import { toDomainError, type EventBus, type JobOutcome } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { isActive, type Deployment, type Verdict } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { toDesiredState, type CompiledObjects, type DesiredStateCipher } from '../deployments/desired-state.ts';
import type { ProgressStore } from '../deployments/progress.store.ts';
import { auditMessage } from '../outbox/outbox-message.ts';
import type { OutboxRelay } from '../outbox/outbox-relay.ts';
import { describeProgress } from './describe-progress.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import type { Lease, LeaseStore } from './lease.store.ts';
import { failedVerdict, toVerdict } from './to-verdict.ts';

/** A job that was begun this often has killed its workers; it ends instead of going round for ever. */
const ATTEMPTS_MAX = 20;
const RETRY_SECONDS = 2;
const GIVE_UP_TRIES = 5;
const EVENTS_MAX = 10_000;

export interface RunDeploymentParts {
  readonly deployments: DeploymentStore;
  readonly progress: ProgressStore;
  readonly leases: LeaseStore;
  readonly leaseSeconds: number;
  readonly cipher: DesiredStateCipher;
  readonly clusters: ClusterConnections;
  readonly bus: EventBus;
  readonly relay: OutboxRelay;
  readonly logger: Logger;
  /** Masks credentials in what the cluster says. */
  readonly redact: (text: string) => string;
  /** This process; new at each start. */
  readonly owner: string;
}

/** Takes a deployment from its row to its verdict. Any worker may go on where another one stopped. */
export class RunDeployment {
  private readonly parts: RunDeploymentParts;
  private readonly handingOver = new AbortController();

  constructor(parts: RunDeploymentParts) {
    this.parts = parts;
  }

  /** Lets go of everything under way, at once: other workers take it over. */
  handOver(): void {
    this.handingOver.abort();
  }

  async run(deploymentId: string): Promise<JobOutcome> {
    const { deployments, leases, leaseSeconds, owner, logger } = this.parts;
    const askedAt = performance.now();
    const lease = await leases.take(deploymentId, owner);
    const deployment = await deployments.find(deploymentId);
    if (deployment === undefined || !isActive(deployment.status)) return { kind: 'done' };
    // Someone else holds it: the sweeper wakes a worker if that one is lost.
    if (lease === undefined) return { kind: 'done' };
    const keeper = new LeaseKeeper(leases, lease, leaseSeconds, askedAt);
    const log = logger.child({
      deploymentId,
      cluster: deployment.clusterId,
      namespace: deployment.namespace,
      attempt: lease.attempt,
    });
    log.info(`deployment of ${deployment.serviceName} taken`);
    try {
      return await this.hold(deployment, lease, keeper, log);
    } catch (error) {
      // Not even its end could be stored. The next try need not wait for the lease's.
      await leases.release(lease, RETRY_SECONDS).catch(() => false);
      throw error;
    } finally {
      keeper.stop();
    }
  }

  /** Ends a deployment whose job fails each time it is delivered. */
  async giveUp(deploymentId: string, deliveries: number): Promise<void> {
    const { deployments, leases, owner } = this.parts;
    for (let tries = 0; tries < GIVE_UP_TRIES; tries++) {
      const lease = await leases.take(deploymentId, owner);
      const deployment = await deployments.find(deploymentId);
      if (deployment === undefined || !isActive(deployment.status)) return;
      if (lease !== undefined) {
        const reason = `Given up: its job failed ${String(deliveries)} times. The log has it under the request id.`;
        return this.finish(deployment, lease, failedVerdict('WORKER_LOST', reason));
      }
      await systemClock.timer(RETRY_SECONDS * 500).elapsed;
    }
    throw new Error('somebody holds it');
  }

  private async hold(deployment: Deployment, lease: Lease, keeper: LeaseKeeper, log: Logger): Promise<JobOutcome> {
    const signal = AbortSignal.any([keeper.signal, this.handingOver.signal]);
    try {
      if (lease.attempt > ATTEMPTS_MAX) {
        const reason = `Given up after ${String(ATTEMPTS_MAX)} workers were lost on it.`;
        await this.finish(deployment, lease, failedVerdict('WORKER_LOST', reason));
        return { kind: 'done' };
      }
      const result = await this.deploy(deployment, lease, keeper.guard(signal));
      if (!signal.aborted) {
        const verdict = toVerdict(result);
        await this.finish(deployment, lease, verdict, result.inventory);
        log.info({ verdict }, `deployment of ${deployment.serviceName} ended`);
        return { kind: 'done' };
      }
    } catch (error) {
      if (!signal.aborted) return this.failed(deployment, lease, error, log);
    }
    await this.parts.leases.release(lease);
    log.info('deployment handed over');
    return { kind: 'later', delayMs: 0 };
  }

  /** A credential that ends on the way and has been renewed meanwhile is taken up. */
  private async deploy(deployment: Deployment, lease: Lease, signal: CancelSignal): Promise<DeployResult> {
    const { clusters } = this.parts;
    let cluster = await clusters.to(deployment.clusterId);
    for (;;) {
      const result = await this.deployTo(cluster, deployment, lease, signal);
      if (result.failure?.code !== 'CLUSTER_UNAUTHORIZED') return result;
      const renewed = await clusters.to(deployment.clusterId);
      if (renewed === cluster) return result;
      cluster = renewed;
    }
  }

  private async deployTo(
    cluster: ClusterPort,
    deployment: Deployment,
    lease: Lease,
    signal: CancelSignal,
  ): Promise<DeployResult> {
    const { cipher, deployments, progress } = this.parts;
    const text = cipher.decrypt(deployment.id, await deployments.desired(deployment.id));
    const before = await progress.after(deployment.id, 0, EVENTS_MAX);
    const checkpoint = checkpointOf(before.map(toEngineEvent));
    const deadlineMs = deployment.deadlineSeconds * 1000;
    const run = deploy(
      parseDesired(text),
      cluster,
      { deadlineMs, digestKey: cipher.digestKey, ...(await this.lastGood(deployment)) },
      {
        clock: clockOf(lease),
        signal,
        redact: this.parts.redact,
        ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
      },
    );
    try {
      for (;;) {
        const step = await run.next();
        if (step.done === true) return step.value;
        // The engine's verdict is stored with the row's, in one transaction.
        if (step.value.type !== 'verdict') await this.append(lease, step.value);
      }
    } catch (error) {
      // What cannot be stored must not be done: nothing of this run goes on beside the next worker.
      await run.return(undefined as never);
      throw error;
    }
  }

  /** What a failure goes back to, and what a success may remove. */
  private async lastGood(deployment: Deployment): Promise<Pick<DeployOptions, 'inventory' | 'rollbackTo'>> {
    const good = await this.parts.deployments.lastGood(deployment);
    if (good === undefined) return {};
    return { inventory: good.inventory, rollbackTo: parseDesired(this.parts.cipher.decrypt(good.id, good.desired)) };
  }

  private async append(lease: Lease, event: DeployEvent): Promise<void> {
    const { type, at: _at, ...data } = event;
    const stored = await this.parts.leases.append(lease, { type, message: describeProgress(event), data });
    if (stored === undefined) throw new Error('the lease is lost');
    this.announce(stored);
  }

  private announce(event: ProgressEventData): void {
    this.parts.bus.announce(events.deploymentProgressed, event, { key: event.deployment_id });
  }

  private async finish(
    deployment: Deployment,
    lease: Lease,
    verdict: Verdict,
    inventory?: DeployResult['inventory'],
  ): Promise<void> {
    const audit = auditMessage(
      {
        action: 'deployment.finished',
        actor: deployment.actor,
        request_id: deployment.requestId,
        deployment_id: deployment.id,
        cluster_id: deployment.clusterId,
        namespace: deployment.namespace,
        service_id: deployment.serviceId,
        desired_digest: deployment.desiredDigest,
        verdict,
      },
      new Date(),
    );
    const message = verdict.reason ?? `${deployment.serviceName} is running in ${deployment.namespace}`;
    const stored = await this.parts.leases.finish(lease, {
      verdict,
      last: { type: 'verdict', message, data: { ...verdict } },
      messages: [audit],
      ...(verdict.status === 'succeeded' && inventory !== undefined ? { inventory } : {}),
    });
    if (stored !== undefined) this.announce(stored);
    this.parts.relay.nudge();
  }

  /** Something of ours that is away is waited for; anything else ends the deployment with what is known. */
  private async failed(deployment: Deployment, lease: Lease, error: unknown, log: Logger): Promise<JobOutcome> {
    const failure = toDomainError(error);
    if (failure.kind === 'unavailable') {
      log.warn({ code: failure.code, err: failure.cause }, failure.message);
      // The sweeper wakes a worker then.
      await this.parts.leases.defer(lease, RETRY_SECONDS);
      return { kind: 'done' };
    }
    log.error({ err: error }, `deployment of ${deployment.serviceName} failed`);
    await this.finish(deployment, lease, failedVerdict(failure.code, failure.message));
    return { kind: 'done' };
  }
}

/** Postgres' time, carried on by this process: deadlines count across workers whose clocks differ. */
function clockOf({ takenAt }: Lease): Clock {
  const offset = takenAt.getTime() - performance.now();
  return { ...systemClock, now: () => Math.floor(offset + performance.now()) };
}

function parseDesired(text: string): DesiredState {
  return toDesiredState(JSON.parse(text) as CompiledObjects);
}

function toEngineEvent(stored: ProgressEventData): DeployEvent {
  return { ...stored.data, type: stored.type, at: Date.parse(stored.time) } as unknown as DeployEvent;
}
