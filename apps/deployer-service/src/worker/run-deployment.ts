import {
  checkpointOf,
  deploy,
  type DeployEvent,
  type DeployOptions,
  type DeployResult,
  type DesiredState,
} from '@ushadow/deploy-engine';
import { objectId, objectKey, type ObjectId } from '@ushadow/kubernetes';
import { systemClock } from '@ushadow/kubernetes/transport';
import { DomainError, events, type ProgressEventData } from '@ushadow/contracts';
import type { EventBus, JobOutcome } from '@ushadow/messaging';
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
const RETRY_MS = 2_000;
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
    const lease = await leases.take(deploymentId, owner);
    const deployment = await deployments.find(deploymentId);
    if (deployment === undefined || !isActive(deployment.status)) return { kind: 'done' };
    // Someone else holds it: the sweeper wakes a worker if that one is lost.
    if (lease === undefined) return { kind: 'done' };
    const keeper = new LeaseKeeper(leases, lease, leaseSeconds);
    const log = logger.child({
      deploymentId,
      cluster: deployment.clusterId,
      namespace: deployment.namespace,
      attempt: lease.attempt,
    });
    log.info(`deployment of ${deployment.serviceName} taken`);
    try {
      return await this.hold(deployment, lease, keeper, log);
    } finally {
      keeper.stop();
    }
  }

  private async hold(deployment: Deployment, lease: Lease, keeper: LeaseKeeper, log: Logger): Promise<JobOutcome> {
    const signal = AbortSignal.any([keeper.signal, this.handingOver.signal]);
    try {
      if (lease.attempt > ATTEMPTS_MAX) {
        const reason = `Given up after ${String(ATTEMPTS_MAX)} workers were lost on it.`;
        await this.finish(deployment, lease, failedVerdict('WORKER_LOST', reason));
        return { kind: 'done' };
      }
      const result = await this.deploy(deployment, lease, signal);
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

  private async deploy(deployment: Deployment, lease: Lease, signal: AbortSignal): Promise<DeployResult> {
    const { cipher, clusters, deployments, progress } = this.parts;
    const text = cipher.decrypt(deployment.id, await deployments.desired(deployment.id));
    const cluster = await clusters.to(deployment.clusterId);
    const before = await progress.after(deployment.id, 0, EVENTS_MAX);
    const checkpoint = checkpointOf(before.map(toEngineEvent));
    const deadlineMs = deployment.deadlineSeconds * 1000;
    const desired = parseDesired(text);
    const expected = await this.expected(deployment, desired);
    const run = deploy(
      desired,
      cluster,
      { deadlineMs, digestKey: cipher.digestKey, expected, ...(await this.lastGood(deployment)) },
      {
        clock: systemClock,
        signal,
        redact: this.parts.redact,
        ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
      },
    );
    for (;;) {
      const step = await run.next();
      if (step.done === true) return step.value;
      // The engine's verdict is stored with the row's, in one transaction.
      if (step.value.type !== 'verdict') await this.append(lease, step.value);
    }
  }

  /** What other deployments under way in the same place are about to write, of all that this one depends on. */
  private async expected(deployment: Deployment, { objects, dependencies }: DesiredState): Promise<ObjectId[]> {
    const own = new Set(objects.map((object) => objectKey(objectId(object))));
    const outside = dependencies.map(({ on }) => on).filter((on) => !own.has(objectKey(on)));
    const { clusterId, namespace } = deployment;
    // A workload is called like its service.
    const active = await Promise.all(
      outside.map(({ name }) => this.parts.deployments.findActive({ clusterId, namespace, serviceName: name })),
    );
    return outside.filter((_, index) => active[index] !== undefined);
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

  /** A dependency of ours that is away is waited for; anything else ends the deployment with what is known. */
  private async failed(deployment: Deployment, lease: Lease, error: unknown, log: Logger): Promise<JobOutcome> {
    if (error instanceof DomainError && error.kind === 'unavailable') {
      log.warn({ code: error.code }, error.message);
      await this.parts.leases.release(lease);
      return { kind: 'later', delayMs: RETRY_MS };
    }
    log.error({ err: error }, `deployment of ${deployment.serviceName} failed`);
    const verdict =
      error instanceof DomainError
        ? failedVerdict(error.code, error.message)
        : failedVerdict('UNEXPECTED', 'Something went wrong on our side. The log has it under the request id.');
    await this.finish(deployment, lease, verdict);
    return { kind: 'done' };
  }
}

function parseDesired(text: string): DesiredState {
  return toDesiredState(JSON.parse(text) as CompiledObjects);
}

function toEngineEvent(stored: ProgressEventData): DeployEvent {
  return { ...stored.data, type: stored.type, at: Date.parse(stored.time) } as unknown as DeployEvent;
}
