import { Inject, Injectable } from '@nestjs/common';
import { LOGGER } from '@ushadow/service';
import { checkpointOf, type DeployResult } from '@ushadow/deploy-engine';
import { objectKey } from '@ushadow/kubernetes';
import type { Logger } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import { deploymentEntry } from '../../audit/deployment-entry.ts';
import type { Deployment, EndRequest, Verdict } from '../../deployments/deployment.ts';
import { logEnd, logFields } from '../../deployments/end-line.ts';
import { DeploymentStore } from '../../deployments/store/deployment.store.ts';
import { DesiredStateCipher } from '../../deployments/desired-state.ts';
import { verdictEvent } from '../../deployments/store/status.store.ts';
import { OutboxRelay } from '@ushadow/postgres';
import { planHash } from '../../plans/plan-hash.ts';
import { ReplacePlan } from '../../plans/replace-plan.ts';
import { LeaseStore, type Lease } from '../lease/lease.store.ts';
import { ProgressStore } from '../../deployments/store/progress.store.ts';
import { caughtUp, withoutClaims } from '../../content/after-deployment.ts';
import { ExportManifests } from '../../manifests/export-manifests.ts';
import { withServices, type OwnedEntry } from '../../content/owned-entry.ts';
import type { StackContent } from '../../content/stack-content.ts';
import type { Step } from '../../content/step.ts';
import { deployOptionsOf } from '../../deployments/deploy-options.ts';
import { DriftStore } from '../../drift/drift.store.ts';
import { EVENTS_MAX, type Work } from '../run/engine-runs.ts';
import { refusalOf, serviceVerdicts, type ServiceVerdict } from './service-verdicts.ts';
import { inventoryOfEvents } from './inventory-of-events.ts';
import { engineEvents, ProgressReport } from '../run/progress-report.ts';
import { toVerdict } from './to-verdict.ts';
import { RequeueStore } from '../lease/requeue.store.ts';

interface Outcome {
  readonly result: DeployResult;
  readonly ending: EndRequest | null;
  readonly work: Work;
  /** Of what was run; null: not known. */
  readonly exitCode?: number | null;
}

/** What is known of a stack after a deployment. */
interface After {
  readonly beforeDigest: string | null;
  readonly afterDigest: string | null;
  readonly inventory: readonly OwnedEntry[];
  /** The complete state, where it is a good one. */
  readonly content: StackContent | undefined;
}

/** Stores how a deployment ended, once: row, last event, audit entry, and who waits for it is requeued. */
@Injectable()
export class FinishDeployment {
  constructor(
    private readonly deployments: DeploymentStore,
    private readonly progress: ProgressStore,
    private readonly leases: LeaseStore,
    private readonly requeue: RequeueStore,
    private readonly cipher: DesiredStateCipher,
    private readonly replacePlan: ReplacePlan,
    private readonly report: ProgressReport,
    private readonly relay: OutboxRelay,
    private readonly drifts: DriftStore,
    private readonly manifests: ExportManifests,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Notes which plan is applied, where none was approved beforehand. */
  async notePlan(deployment: Deployment, lease: Lease, engineHash: string): Promise<void> {
    await this.leases.notePlan(lease, this.hashOf(deployment, engineHash));
  }

  async withResult(deployment: Deployment, lease: Lease, outcome: Outcome): Promise<void> {
    const { result, ending, work } = outcome;
    const services = serviceVerdicts(deployment, result, work.step);
    const whole = toVerdict(withRefusals(deployment, result, work.step), ending);
    const ended = outcome.exitCode === undefined ? {} : { exit_code: outcome.exitCode };
    const verdict = { ...whole, services, ...ended, ...(await this.newPlan(deployment, result)) };
    const content = contentAfter(deployment, result, services, work);
    const beforeDigest = work.good?.deployment.afterDigest ?? null;
    const afterDigest = content === undefined ? digestAfter(outcome, beforeDigest) : this.cipher.contentDigest(content);
    const { next, inventory: concerned, aside } = work.step;
    const inventory = withServices(result.inventory, next, [...concerned, ...aside], deployment.services);
    await this.store(deployment, lease, verdict, { beforeDigest, afterDigest, inventory, content });
  }

  /** For an end in which the engine had no say: what is in the cluster is as the events say. */
  async withVerdict(deployment: Deployment, lease: Lease, verdict: Verdict): Promise<void> {
    const { progress } = this;
    const before = await this.before(deployment);
    const reported = engineEvents(await progress.after(deployment.id, 0, EVENTS_MAX));
    const { beforeDigest } = deployment;
    const isUntouched = checkpointOf(reported)?.writing !== true;
    await this.store(deployment, lease, verdict, {
      beforeDigest,
      inventory: withServices(inventoryOfEvents(before, reported), undefined, before, deployment.services),
      afterDigest: isUntouched ? beforeDigest : null,
      content: undefined,
    });
  }

  private async before({ stackId, revision }: Deployment): Promise<readonly OwnedEntry[]> {
    return (await this.deployments.inventory(stackId, revision)) ?? [];
  }

  private async store(deployment: Deployment, lease: Lease, verdict: Verdict, known: After): Promise<void> {
    const { leases, requeue, report, relay, logger, cipher } = this;
    const current = (await this.deployments.find(deployment.id)) ?? deployment;
    const audit = deploymentEntry(
      { ...current, beforeDigest: known.beforeDigest },
      {
        id: randomUUID(),
        time: new Date(),
        action: 'deployment.finished',
        actor: current.ending?.actor ?? deployment.actor,
        requestId: deployment.requestId,
        afterDigest: known.afterDigest,
        verdict,
      },
    );
    const last = verdictEvent(verdict, messageOf(verdict, deployment));
    const { inventory, afterDigest } = known;
    const content = known.content === undefined ? null : cipher.encryptContent(deployment.id, known.content);
    const stored = await leases.finish(lease, deployment, { verdict, last, audit, inventory, afterDigest, content });
    if (stored !== undefined) {
      logEnd(logger, deployment, verdict);
      report.announce(stored);
      if (content !== null) this.manifests.begin(deployment.stackId);
    }
    // The end is stored; whoever waits for it and is not requeued now is later, by the sweeper.
    await requeue.requeueDeferred(deployment.target).catch((error: unknown) => {
      logger.warn(
        { err: error, ...logFields(deployment) },
        'could not put the next deployment of the cluster into the queue',
      );
    });
    await this.drifts.wake(deployment.stackId).catch((error: unknown) => {
      logger.warn({ err: error, ...logFields(deployment) }, 'could not ask for another look at the stack');
    });
    relay.notify();
  }

  /** What stands in the way of a stale plan is what a new one is about: it is kept, ready to be approved. */
  private async newPlan(deployment: Deployment, { failure, plan }: DeployResult): Promise<Pick<Verdict, 'plan_id'>> {
    if (failure?.code !== 'PLAN_STALE' || plan === undefined || deployment.planId === null) return {};
    const id = await this.replacePlan.run(deployment.planId, deployment.id, plan);
    return id === undefined ? {} : { plan_id: id };
  }

  private hashOf(deployment: Deployment, hash: string): string {
    const options = deployOptionsOf(deployment);
    return planHash(this.cipher.digestKey, { ...deployment, options, baseRevision: null, plan: { hash } });
  }
}

/** What was to be written is there, but a service that was to go is not gone: that fails the whole. */
function withRefusals({ services }: Deployment, result: DeployResult, step: Step): DeployResult {
  const [failure] = services.flatMap((service) => refusalOf(service, result, step) ?? []);
  return failure === undefined || result.verdict !== 'succeeded' ? result : { ...result, verdict: 'failed', failure };
}

/**
 * The complete state after a good end; services that could not go are in it, so that they are shown and go next time.
 * With a failure that was to be left as it is, the services that are ready are good all the same.
 */
function contentAfter(
  { kind, rollback, services: about }: Deployment,
  result: DeployResult,
  services: Readonly<Record<string, ServiceVerdict>>,
  { step, good }: Work,
): StackContent | undefined {
  const { verdict, rollback: wentBack, inventory, unpruned = [] } = result;
  // What has run beside it has changed nothing of it.
  if (kind === 'run') return verdict === 'succeeded' ? good?.content : undefined;
  if (kind === 'restart')
    return verdict === 'succeeded' && good !== undefined ? caughtUp(good.content, about) : undefined;
  if (verdict === 'succeeded') {
    const there = new Set([...inventory, ...unpruned].map(({ object }) => objectKey(object)));
    const staying = about.filter((service) => refusalOf(service, result, step) !== undefined);
    const content = staying.length === 0 ? step.next : step.holding(staying, there);
    return withoutClaims(content, deletedClaims(step, there));
  }
  if (kind === 'remove' || verdict !== 'failed' || rollback || wentBack !== undefined) return undefined;
  const ready = about.filter((service) => services[service]?.status === 'succeeded');
  return ready.length === 0 ? undefined : step.only(ready);
}

/** Names of the claims that this deployment was to delete and that are there no more. */
function deletedClaims({ inventory }: Step, there: ReadonlySet<string>): ReadonlySet<string> {
  const claims = inventory.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
  return new Set(claims.filter(({ object }) => !there.has(objectKey(object))).map(({ object }) => object.name));
}

/** Digest of the state a deployment has left that came to no new one; null where it is a mixture of two, or not known. */
function digestAfter({ result, work }: Outcome, beforeDigest: string | null): string | null {
  if (result.rollback?.verdict === 'succeeded' || work.step.job !== undefined) return beforeDigest;
  const isUntouched = result.changes.every(({ outcome }) => outcome === 'unchanged' || outcome === 'skipped');
  return isUntouched && !work.wasWriting ? beforeDigest : null;
}

const done: Readonly<Record<Deployment['kind'], string>> = {
  deploy: 'is running',
  rollback: 'is running',
  start: 'is running',
  restart: 'is running',
  scale: 'is running',
  stop: 'is stopped',
  remove: 'is removed',
  envmap: 'has its environment',
  repair: 'is as it was deployed',
  adopt: 'has what was adopted',
  'update-image': 'has its image',
  change: 'is changed',
  run: 'has run',
};

function messageOf(verdict: Verdict, { project, services, namespace, kind }: Deployment): string {
  const what = kind === 'deploy' || services.length !== 1 ? project : `${project}/${services[0] ?? ''}`;
  return verdict.reason ?? `${what} ${done[kind]} in ${namespace}`;
}
