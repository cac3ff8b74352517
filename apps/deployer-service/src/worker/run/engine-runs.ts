import {
  checkpointOf,
  deploy,
  remove,
  type ClusterPort,
  type DeployEnvironment,
  type DeployEvent,
  type DeployOptions,
  type DeployRun,
  type Failure,
  type InventoryEntry,
  type Plan as EnginePlan,
} from '@ushadow/deploy-engine';
import { Injectable } from '@nestjs/common';
import { DomainError, clusterOf } from '@ushadow/contracts';
import { objectKey, type CancelSignal, type Clock } from '@ushadow/kubernetes';
import { Redactor } from '@ushadow/secrets';
import { ClusterConnections } from '../../clusters/cluster-connections.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { claimsThatStay } from '../../content/claims-that-stay.ts';
import { maskValues } from '../../content/mask-values.ts';
import type { Step } from '../../content/step.ts';
import { DesiredStateCipher } from '../../deployments/desired-state.ts';
import { ProgressStore } from '../../deployments/store/progress.store.ts';
import { planHash } from '../../plans/plan-hash.ts';
import { PlanStore } from '../../plans/plan.store.ts';
import type { GoodRevision } from '../../stacks/stack-contents.ts';
import { EngineOptionsBuilder } from '../../updates/engine-options.ts';
import { InstallationStore } from '../../store/installation.store.ts';
import { DeploymentSteps } from './deployment-steps.ts';
import { engineTaskOf } from './engine-task.ts';
import type { Lease } from '../lease/lease.store.ts';
import { engineEvents } from './progress-report.ts';
import { withNamespace } from './remove-namespace.ts';

/** More than any deployment has. */
export const EVENTS_MAX = 100_000;

export interface Conditions {
  readonly clock: Clock;
  readonly signal: CancelSignal;
  readonly cancel: CancelSignal;
  readonly leave: CancelSignal;
}

export interface Work {
  readonly run: DeployRun;
  readonly cluster: ClusterPort;
  readonly step: Step;
  /** What a failure goes back to. */
  readonly good: GoodRevision | undefined;
  /** True once an earlier worker may have written. */
  readonly wasWriting: boolean;
  /** Masks what is secret in what is told of it. */
  readonly redact: (text: string) => string;
}

/** Prepares the engine's run of a deployment, going on where an earlier worker has stopped. */
@Injectable()
export class EngineRuns {
  constructor(
    private readonly clusters: ClusterConnections,
    private readonly progress: ProgressStore,
    private readonly steps: DeploymentSteps,
    private readonly engine: EngineOptionsBuilder,
    private readonly installation: InstallationStore,
    private readonly plans: PlanStore,
    private readonly cipher: DesiredStateCipher,
    private readonly redactor: Redactor,
  ) {}

  async begin(deployment: Deployment, lease: Lease, conditions: Conditions): Promise<Work> {
    const cluster = await this.clusters.to(clusterOf(deployment.target));
    const checkpoint = checkpointOf(engineEvents(await this.progress.after(deployment.id, 0, EVENTS_MAX)));
    const { good, step } = await this.steps.of(deployment);
    const redact = maskValues(step.next, (text) => this.redactor.text(text));
    const environment: DeployEnvironment = {
      redact,
      ...conditions,
      ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
    };
    const known = { cluster, step, good, redact, wasWriting: checkpoint?.writing === true };
    const options = await this.optionsFor(deployment, lease, step);
    const approved =
      deployment.planId === null ? options : { ...options, approvedPlan: await this.approval(deployment, good) };
    // Whoever began it has said so.
    const stay = checkpoint === undefined ? claimsThatStay(deployment.deleteClaims, step) : [];
    const run = withRestOfStack(
      step,
      withWarnings(stay, engineRun(deployment, step, cluster, approved, environment), conditions.clock),
    );
    const { namespace, stackId, deleteNamespace } = deployment;
    if (!deleteNamespace) return { ...known, run };
    return { ...known, run: withNamespace(run, { namespace, stackId, clock: conditions.clock }, cluster) };
  }

  private async optionsFor(deployment: Deployment, lease: Lease, step: Step): Promise<DeployOptions> {
    const planned = await this.engine.build(deployment, step, deployment);
    const installation = await this.installation.id();
    return {
      ...planned,
      deadlineMs: deployment.deadlineSeconds * 1000,
      stallMs: deployment.stallSeconds * 1000,
      stamp: { deploymentId: deployment.id, scope: `${installation}/${deployment.stackId}`, epoch: lease.epoch },
      ...(step.back === undefined ? {} : { rollbackTo: step.back, rollBackFailures: deployment.rollback }),
    };
  }

  /** The stored plan that is to be applied exactly, checked against what was approved. */
  private async approval(deployment: Deployment, good: GoodRevision | undefined): Promise<EnginePlan> {
    const stored = deployment.planId === null ? undefined : await this.plans.find(deployment.planId);
    const { desiredDigest } = deployment;
    if (stored === undefined || stored.hash !== deployment.planHash || stored.desiredDigest !== desiredDigest) {
      throw new DomainError(
        'PLAN_NOT_FOUND',
        'conflict',
        'The plan of this deployment is not what it was; make another one.',
      );
    }
    if (planHash(this.cipher.digestKey, stored) !== stored.hash) {
      // Made under a key that is no longer the first one: its digests cannot be compared with new ones.
      throw new DomainError('PLAN_EXPIRED', 'conflict', 'The plan was made under another key; make another one.');
    }
    if (stored.baseRevision !== (good?.deployment.revision ?? null)) {
      const text = 'Another deployment has changed the stack since the plan was made; make another plan.';
      throw new DomainError('PLAN_STALE', 'conflict', text);
    }
    return stored.plan;
  }
}

function engineRun(
  deployment: Deployment,
  step: Step,
  cluster: ClusterPort,
  options: DeployOptions,
  environment: DeployEnvironment,
): DeployRun {
  const { inventory } = step;
  const task = engineTaskOf(deployment, step, options);
  if (task === undefined) return remove(inventory, cluster, options, environment);
  const run = deploy(task.desired, cluster, task.options, environment);
  return deployment.kind === 'restart' ? withInventory(inventory, run) : run;
}

/** A run that touches nothing of what is ours leaves the inventory as it was. */
async function* withInventory(inventory: readonly InventoryEntry[], run: DeployRun): DeployRun {
  return { ...(yield* run), inventory };
}

/** Says first what will not be done although it was asked for. */
async function* withWarnings(findings: readonly Failure[], run: DeployRun, clock: Clock): DeployRun {
  const at = clock.now();
  if (findings.length > 0)
    yield findings.map(({ code, message, object }): DeployEvent => {
      return { type: 'warning', at, code, message, ...(object === undefined ? {} : { object }) };
    });
  return yield* run;
}

/** The rest of the stack stays its own; what the run has found of it, as a StatefulSet's claims, is as it was found. */
async function* withRestOfStack({ aside }: Step, run: DeployRun): DeployRun {
  const result = yield* run;
  const known = new Set(result.inventory.map(({ object }) => objectKey(object)));
  return {
    ...result,
    inventory: [...result.inventory, ...aside.filter(({ object }) => !known.has(objectKey(object)))],
  };
}
