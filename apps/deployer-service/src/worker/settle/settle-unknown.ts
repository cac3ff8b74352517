import { clusterOf, targetKey } from '@ushadow/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { LOGGER } from '@ushadow/service';
import { DesiredStateCipher } from '../../deployments/desired-state.ts';
import { ClusterConnections } from '../../clusters/cluster-connections.ts';
import type { Deployment, Verdict } from '../../deployments/deployment.ts';
import { logEnd, logFields } from '../../deployments/end-line.ts';
import { caughtUp } from '../../content/after-deployment.ts';
import type { StackContent } from '../../content/stack-content.ts';
import { EngineOptionsBuilder } from '../../updates/engine-options.ts';
import { DeploymentSteps, type DeploymentStep } from '../run/deployment-steps.ts';
import { VERDICT_CODES } from '../../deployments/verdicts.ts';
import { ExportManifests } from '../../manifests/export-manifests.ts';
import { OutboxRelay } from '@ushadow/postgres';
import { engineTaskOf } from '../run/engine-task.ts';
import { observeOutcome, type ObservedOutcome } from './observe-outcome.ts';
import { ProgressReport } from '../run/progress-report.ts';
import { incompleteVerdicts, serviceVerdicts } from '../finish/service-verdicts.ts';
import { SettleStore } from './settle.store.ts';
import { endedVerdict, toVerdict } from '../finish/to-verdict.ts';

const CLAIM_MS = 5_000;
/** Of one process, each at another cluster. */
const OBSERVED_MAX = 4;
/** What is there has had its time already. */
const WATCH_MS = 60_000;

/** Finds out how deployments ended whose cluster could not be reached, once it answers again. */
@Injectable()
export class SettleUnknown {
  /** Targets that are being observed: one that hangs takes one place and no more. */
  private readonly observing = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isClaiming = false;
  private stopped = false;

  constructor(
    private readonly store: SettleStore,
    private readonly steps: DeploymentSteps,
    private readonly engine: EngineOptionsBuilder,
    private readonly clusters: ClusterConnections,
    private readonly cipher: DesiredStateCipher,
    private readonly report: ProgressReport,
    private readonly relay: OutboxRelay,
    private readonly manifests: ExportManifests,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.claimMore(), CLAIM_MS);
  }

  /** Does not wait for what is being observed: that writes nothing, and is begun again elsewhere. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  /** Claims as many as may be observed at once. */
  private async claimMore(): Promise<void> {
    if (this.isClaiming) return;
    const { store, logger } = this;
    this.isClaiming = true;
    try {
      while (this.observing.size < OBSERVED_MAX) {
        const next = await store.claim([...this.observing]);
        if (next === undefined || this.stopped) return;
        void this.settleAndClaimMore(next);
      }
    } catch (error) {
      logger.warn({ err: error }, 'could not look for deployments whose end is not known');
    } finally {
      this.isClaiming = false;
    }
  }

  private async settleAndClaimMore(deployment: Deployment): Promise<void> {
    const target = targetKey(deployment.target);
    this.observing.add(target);
    await this.observe(deployment);
    this.observing.delete(target);
    if (!this.stopped) await this.claimMore();
  }

  private async observe(deployment: Deployment): Promise<void> {
    const { steps, engine, clusters, logger } = this;
    try {
      const cluster = await clusters.to(clusterOf(deployment.target));
      const { good, step } = await steps.of(deployment);
      const options = await engine.build(deployment, step, deployment);
      const task = engineTaskOf(deployment, step, options);
      // A removal is asked for again: what is left is in the inventory.
      if (task === undefined) return;
      const observed = await observeOutcome(task.desired, cluster, { ...task.options, watchMs: WATCH_MS });
      if (!this.stopped) await this.settle(deployment, observed, { good, step });
    } catch (error) {
      logger.debug({ err: error, ...logFields(deployment) }, 'its cluster is not in sight yet');
    }
  }

  private async settle(
    deployment: Deployment,
    observed: ObservedOutcome,
    { good, step }: DeploymentStep,
  ): Promise<void> {
    if (observed.kind === 'later') return;
    const { store, report, relay, cipher, logger } = this;
    const found =
      observed.kind === 'as-wanted'
        ? { ...toVerdict(observed.result, null), services: serviceVerdicts(deployment, observed.result, step) }
        : { ...incomplete(observed), services: incompleteVerdicts(deployment, observed.result, step) };
    const restarted = good === undefined ? undefined : caughtUp(good.content, deployment.services);
    const content = contentOf(deployment, step, { restarted, ran: good?.content });
    const verdict: Verdict = { ...found, settled: { time: new Date().toISOString(), from: 'unknown' } };
    const isGood = verdict.status === 'succeeded';
    const message = `In sight again: ${verdict.reason ?? `${deployment.project} is as it was to be`}`;
    const left =
      isGood && content !== undefined
        ? { afterDigest: cipher.contentDigest(content), content: cipher.encryptContent(deployment.id, content) }
        : { afterDigest: null, content: null };
    const event = await store.settle(deployment, verdict, message, left);
    if (event === undefined) return;
    report.announce(event);
    relay.notify();
    if (left.content !== null) this.manifests.begin(deployment.stackId);
    logEnd(logger, deployment, verdict);
  }
}

function contentOf(
  { kind }: Deployment,
  { next }: DeploymentStep['step'],
  { restarted, ran }: Readonly<Record<'restarted' | 'ran', StackContent | undefined>>,
): StackContent | undefined {
  if (kind === 'run') return ran;
  return kind === 'restart' ? restarted : next;
}

function incomplete({ reason, object }: Extract<ObservedOutcome, { kind: 'incomplete' }>): Verdict {
  const remedy = 'deploy it again, or roll back';
  return { ...endedVerdict('failed', VERDICT_CODES.incomplete, reason), object, remedy };
}
