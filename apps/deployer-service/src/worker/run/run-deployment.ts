import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, LOGGER } from '@ushadow/service';
import { events, clusterOf } from '@ushadow/contracts';
import { Fenced, type DeployResult } from '@ushadow/deploy-engine';
import { toDomainError, EventBus, type JobOutcome } from '@ushadow/messaging';
import type { Clock } from '@ushadow/kubernetes';
import type { Logger } from '@ushadow/observability';
import { ClusterConnections } from '../../clusters/cluster-connections.ts';
import type { DeployerConfig } from '../../config.ts';
import { ProcessIdentity } from '../../clusters/process-identity.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { logFields, logSubject } from '../../deployments/end-line.ts';
import { VERDICT_CODES } from '../../deployments/verdicts.ts';
import { anySignal } from '../lease/any-signal.ts';
import { EngineRuns, type Work } from './engine-runs.ts';
import { EndSignals } from '../lease/end-signals.ts';
import { FinishDeployment } from '../finish/finish-deployment.ts';
import { leaseClock } from '../lease/lease-clock.ts';
import { LeaseKeeper } from '../lease/lease-keeper.ts';
import { LeaseStore, type Lease } from '../lease/lease.store.ts';
import { readRunEnd } from './read-run-end.ts';
import { LeaseLost, ProgressReport } from './progress-report.ts';
import { withoutRun } from './stop-run.ts';
import { endedVerdict } from '../finish/to-verdict.ts';

/** A job that has lost this many workers has killed them; it ends instead of going round for ever. */
const LOSSES_MAX = 20;
const RETRY_MS = 2_000;
/** When the process ends, a request that is under way may still be answered; after this long it is dropped. */
const HAND_OVER_MS = 400;

/** One deployment in the hands of this worker. */
interface HeldDeployment {
  readonly deployment: Deployment;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  readonly endSignals: EndSignals;
  readonly clock: Clock;
  readonly log: Logger;
}

const DONE: JobOutcome = { kind: 'done' };
const AT_ONCE: JobOutcome = { kind: 'later', delayMs: 0 };

/** Takes a deployment from its row to its verdict. Any worker may go on where another one stopped. */
@Injectable()
export class RunDeployment {
  private readonly handingOver = new AbortController();
  private readonly dropping = new AbortController();

  constructor(
    private readonly engineRuns: EngineRuns,
    private readonly clusters: ClusterConnections,
    private readonly leases: LeaseStore,
    private readonly finish: FinishDeployment,
    private readonly report: ProgressReport,
    private readonly bus: EventBus,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly identity: ProcessIdentity,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  /** Stops at the next step boundary, or soon in the midst of one: other workers take everything over. */
  handOver(): void {
    this.handingOver.abort();
    setTimeout(() => this.dropping.abort(), HAND_OVER_MS).unref();
  }

  async run(deploymentId: string): Promise<JobOutcome> {
    const { leases, identity, bus, logger } = this;
    const { LEASE_SECONDS: leaseSeconds } = this.config;
    if (this.handingOver.signal.aborted) return AT_ONCE;
    const since = performance.now();
    const taken = await leases.take(deploymentId, identity.id);
    // The sweeper requeues it if the worker that has it is lost.
    if (taken.kind !== 'taken') return DONE;
    const { lease, deployment } = taken;
    const clock = leaseClock(lease, performance.now());
    const log = logger.child({ ...logFields(deployment), attempt: lease.attempt });
    const endSignals = new EndSignals();
    endSignals.add(deployment.ending);
    const onEnding = endSignals.add.bind(endSignals);
    const keeper = new LeaseKeeper({ store: leases, lease, leaseSeconds, since, onEnding });
    const stopListening = bus.listen(events.deploymentEndRequested, deploymentId, () => void keeper.renewAnew());
    log.info(`${logSubject(deployment)} taken`);
    try {
      return await this.runHeld({ deployment, lease, keeper, endSignals, clock, log });
    } catch (error) {
      // Not even its end could be stored. The next try need not wait for the lease's.
      await leases.release(lease).catch(() => false);
      throw error;
    } finally {
      stopListening();
      keeper.stop();
    }
  }

  /** Ends a deployment that no worker could deal with, unless one has it now. */
  async giveUp(deploymentId: string, reason: string): Promise<void> {
    const taken = await this.leases.take(deploymentId, this.identity.id);
    if (taken.kind !== 'taken') return;
    const { deployment, lease } = taken;
    await this.finish.withVerdict(deployment, lease, endedVerdict('failed', VERDICT_CODES.workerLost, reason));
  }

  private async runHeld(held: HeldDeployment): Promise<JobOutcome> {
    const { deployment, lease, keeper, endSignals, clock } = held;
    const { finish } = this;
    let work: Work | undefined;
    try {
      if (deployment.losses > LOSSES_MAX) {
        const reason = `Given up after ${String(LOSSES_MAX)} workers were lost on it.`;
        await finish.withVerdict(deployment, lease, endedVerdict('failed', VERDICT_CODES.workerLost, reason));
        return DONE;
      }
      const signal = anySignal(keeper, this.dropping.signal);
      const stops = { signal, cancel: endSignals.cancel, leave: anySignal(endSignals.leave, this.handingOver.signal) };
      work = await this.engineRuns.begin(deployment, lease, { ...stops, clock });
      let result = await this.follow(work, held);
      // A credential that ends on the way and has been renewed meanwhile is taken up.
      while (result.failure?.code === 'CLUSTER_UNAUTHORIZED' && (await this.isRenewed(work, deployment))) {
        work = await this.engineRuns.begin(deployment, lease, { ...stops, clock });
        result = await this.follow(work, held);
      }
      if (keeper.aborted || this.isInterrupted(result, endSignals)) return await this.releaseLease(held);
      const exitCode = await this.runEnded(work, held);
      const { job } = work.step;
      if (job !== undefined && result.verdict === 'cancelled') result = await withoutRun(job, result, work.cluster);
      const outcome = { result, ending: endSignals.request, work, ...(exitCode === undefined ? {} : { exitCode }) };
      await finish.withResult(deployment, lease, outcome);
      return DONE;
    } catch (error) {
      return this.failed(error, held, work);
    }
  }

  /** With what was run, what it has written and its exit code are its result; undefined: nothing was run. */
  private async runEnded({ step: { job }, cluster, redact }: Work, { lease, clock }: HeldDeployment) {
    if (job === undefined) return undefined;
    const { exitCode, events: told } = await readRunEnd(job, cluster, { clock, redact });
    await this.report.append(lease, ...told);
    return exitCode;
  }

  private async isRenewed({ cluster }: Work, { target }: Deployment): Promise<boolean> {
    return (await this.clusters.to(clusterOf(target))) !== cluster;
  }

  /** Stores the events of each step before the next one is asked for. */
  private async follow({ run }: Work, { deployment, lease }: HeldDeployment): Promise<DeployResult> {
    const { report, finish } = this;
    let isPlanKnown = deployment.planHash !== null;
    try {
      for (;;) {
        const step = await run.next();
        if (step.done === true) return step.value;
        // The engine's verdict is stored with the row's, in one transaction.
        await report.append(lease, ...step.value.filter(({ type }) => type !== 'verdict'));
        const made = step.value.find((event) => event.type === 'plan.made');
        if (made === undefined || isPlanKnown) continue;
        await finish.notePlan(deployment, lease, made.hash);
        isPlanKnown = true;
      }
    } catch (error) {
      // What cannot be stored must not be done: nothing of this run goes on beside the next worker.
      await run.return(undefined as never);
      throw error;
    }
  }

  /** True when the work stopped only because this worker hands over. */
  private isInterrupted({ verdict, rollback, isPruneCutShort }: DeployResult, { request }: EndSignals): boolean {
    if (!this.handingOver.signal.aborted) return false;
    if (verdict === 'cancelled') return request === null || request.rollback;
    return (rollback?.verdict === 'cancelled' || isPruneCutShort === true) && request?.rollback !== false;
  }

  private async releaseLease({ deployment, lease, keeper, log }: HeldDeployment): Promise<JobOutcome> {
    const wasLost = keeper.aborted;
    await this.leases.release(lease);
    log.info(`${logSubject(deployment)} ${wasLost ? 'lost to another worker' : 'handed over'}`);
    return wasLost ? DONE : AT_ONCE;
  }

  /** A dependency of ours that is away is waited for; anything else ends the deployment with what is known. */
  private async failed(error: unknown, held: HeldDeployment, work: Work | undefined): Promise<JobOutcome> {
    const { deployment, lease, keeper, clock, log } = held;
    const { finish } = this;
    if (error instanceof Fenced) return this.fenced(error, held);
    if (error instanceof LeaseLost || keeper.aborted || this.dropping.signal.aborted) return this.releaseLease(held);
    const known = toDomainError(error);
    if (known.kind === 'unavailable' && !isOverdue(deployment, clock)) {
      log.warn({ err: error, code: known.code }, `${logSubject(deployment)} waits: ${known.message}`);
      await this.tryLater(held);
      return DONE;
    }
    log.error({ err: error }, `${logSubject(deployment)} cannot go on`);
    const status = work?.wasWriting === true && known.kind === 'unavailable' ? 'unknown' : 'failed';
    await finish.withVerdict(deployment, lease, endedVerdict(status, known.code, known.message));
    return DONE;
  }

  private async tryLater({ deployment: { actor, requestId }, lease }: HeldDeployment): Promise<void> {
    await this.leases.release(lease, { delayMs: RETRY_MS, actor, requestId });
  }

  /**
   * A later holder has written. If the lease is still ours, that holder is none of this database's present: it was put
   * back to an earlier state, and its epochs have to go on from where they were.
   */
  private async fenced(error: Fenced, { deployment, lease, log }: HeldDeployment): Promise<JobOutcome> {
    const { leases } = this;
    log.warn({ epoch: error.epoch.toString() }, `${logSubject(deployment)}: ${error.message}`);
    if ((await leases.renew(lease)) === undefined) return DONE;
    await leases.raiseEpoch(error.epoch);
    await leases.release(lease, { delayMs: 0, actor: deployment.actor, requestId: deployment.requestId });
    return DONE;
  }
}

/** True when its whole time is up. */
function isOverdue({ startedAt, deadlineSeconds }: Deployment, clock: Clock): boolean {
  return startedAt !== null && clock.now() - startedAt.getTime() > deadlineSeconds * 1000;
}
