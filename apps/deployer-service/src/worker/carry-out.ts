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
import { DomainError } from '@ushadow/contracts';
import { objectKey, type CancelSignal, type Clock } from '@ushadow/kubernetes';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { claimsThatStay } from '../content/claims-that-stay.ts';
import { maskValues } from '../content/mask-values.ts';
import { rebaseUpdate } from '../content/rebase-update.ts';
import { stepTo, type Step } from '../content/step.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import type { ProgressStore } from '../deployments/progress.store.ts';
import { planHash } from '../plans/plan-hash.ts';
import type { PlanStore } from '../plans/plan.store.ts';
import type { GoodRevision, StackContents } from '../stacks/stack-contents.ts';
import { engineOptions } from '../stacks/engine-options.ts';
import type { StackStore } from '../stacks/stack.store.ts';
import type { InstallationStore } from '../store/installation.store.ts';
import { engineTaskOf } from './engine-task.ts';
import type { Lease } from './lease.store.ts';
import { engineEvents } from './progress-report.ts';
import { withNamespace } from './remove-namespace.ts';

/** More than any deployment has. */
export const EVENTS_MAX = 100_000;

export interface CarryOutParts {
  readonly deployments: DeploymentStore;
  readonly contents: StackContents;
  readonly stacks: StackStore;
  readonly plans: PlanStore;
  readonly progress: ProgressStore;
  readonly cipher: DesiredStateCipher;
  readonly clusters: ClusterConnections;
  /** Masks credentials in what the cluster says. */
  readonly redact: (text: string) => string;
  /** Tells this database's epochs from another one's. */
  readonly installation: InstallationStore;
}

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
}

/** Turns a deployment into the engine's work, going on where an earlier worker has stopped. */
export async function carryOut(
  deployment: Deployment,
  lease: Lease,
  conditions: Conditions,
  parts: CarryOutParts,
): Promise<Work> {
  const { clusters, progress } = parts;
  const cluster = await clusters.to(deployment.clusterId);
  const checkpoint = checkpointOf(engineEvents(await progress.after(deployment.id, 0, EVENTS_MAX)));
  const { good, step } = await stepOf(deployment, parts);
  const environment: DeployEnvironment = {
    redact: maskValues(step.next, parts.redact),
    ...conditions,
    ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
  };
  const known = { cluster, step, good, wasWriting: checkpoint?.writing === true };
  const options = await optionsFor(deployment, lease, step, parts);
  const approved =
    deployment.planId === null ? options : { ...options, approvedPlan: await approval(deployment, good, parts) };
  // Whoever began it has told.
  const stay = checkpoint === undefined ? claimsThatStay(deployment.deleteClaims, step) : [];
  const run = besides(
    step,
    telling(stay, engineRun(deployment, step, cluster, approved, environment), conditions.clock),
  );
  const { namespace, stackId, deleteNamespace } = deployment;
  if (!deleteNamespace) return { ...known, run };
  return { ...known, run: withNamespace(run, { namespace, stackId, clock: conditions.clock }, cluster) };
}

/** What a deployment makes of its stack, seen from the last good state below it. */
export async function stepOf(
  deployment: Deployment,
  { deployments, contents, cipher }: Pick<CarryOutParts, 'deployments' | 'contents' | 'cipher'>,
): Promise<{ readonly good: GoodRevision | undefined; readonly step: Step }> {
  const { id, stackId, revision, kind, deleteClaims } = deployment;
  const [good, inventory = [], sealed] = await Promise.all([
    contents.lastGood(stackId, revision),
    deployments.inventory(stackId, revision),
    deployments.desired(id),
  ]);
  if (sealed === null) throw new Error(`of deployment ${id} only the history is left`);
  const places = await contents.places(stackId, good, revision);
  const rebased = rebaseUpdate(deployment, cipher.decryptUpdate(id, sealed), good?.content);
  // What a failure has left in its claims is not forgotten with it.
  const update = { ...rebased, content: { ...rebased.content, claims: { ...rebased.content.claims, ...places } } };
  return { good, step: stepTo(good?.content, update, inventory, { isRollback: kind === 'rollback', deleteClaims }) };
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
  return deployment.kind === 'restart' ? keeping(inventory, run) : run;
}

async function optionsFor(
  deployment: Deployment,
  lease: Lease,
  step: Step,
  parts: CarryOutParts,
): Promise<DeployOptions> {
  const planned = await engineOptions(deployment, step, deployment, parts);
  const installation = await parts.installation.id();
  return {
    ...planned,
    deadlineMs: deployment.deadlineSeconds * 1000,
    stallMs: deployment.stallSeconds * 1000,
    stamp: { deploymentId: deployment.id, scope: `${installation}/${deployment.stackId}`, epoch: lease.epoch },
    ...(step.back === undefined ? {} : { rollbackTo: step.back, rollBackFailures: deployment.rollback }),
  };
}

/** The stored plan that is to be applied exactly, checked against what was approved. */
async function approval(
  deployment: Deployment,
  good: GoodRevision | undefined,
  { plans, cipher }: CarryOutParts,
): Promise<EnginePlan> {
  const stored = deployment.planId === null ? undefined : await plans.find(deployment.planId);
  const { desiredDigest } = deployment;
  if (stored === undefined || stored.hash !== deployment.planHash || stored.desiredDigest !== desiredDigest) {
    throw new DomainError(
      'PLAN_NOT_FOUND',
      'conflict',
      'The plan of this deployment is not what it was; make another one.',
    );
  }
  if (planHash(cipher.digestKey, stored) !== stored.hash) {
    // Made under a key that is no longer the first one: its digests cannot be compared with new ones.
    throw new DomainError('PLAN_EXPIRED', 'conflict', 'The plan was made under another key; make another one.');
  }
  if (stored.baseRevision !== (good?.deployment.revision ?? null)) {
    const text = 'Another deployment has changed the stack since the plan was made; make another plan.';
    throw new DomainError('PLAN_STALE', 'conflict', text);
  }
  return stored.plan;
}

/** A run that touches nothing of what is ours leaves the inventory as it was. */
async function* keeping(inventory: readonly InventoryEntry[], run: DeployRun): DeployRun {
  return { ...(yield* run), inventory };
}

/** Says first what will not be done although it was asked for. */
async function* telling(findings: readonly Failure[], run: DeployRun, clock: Clock): DeployRun {
  const at = clock.now();
  if (findings.length > 0)
    yield findings.map(({ code, message, object }): DeployEvent => {
      return { type: 'warning', at, code, message, ...(object === undefined ? {} : { object }) };
    });
  return yield* run;
}

/** The rest of the stack stays its own; what the run has found of it, as a StatefulSet's claims, is as it was found. */
async function* besides({ aside }: Step, run: DeployRun): DeployRun {
  const result = yield* run;
  const known = new Set(result.inventory.map(({ object }) => objectKey(object)));
  return {
    ...result,
    inventory: [...result.inventory, ...aside.filter(({ object }) => !known.has(objectKey(object)))],
  };
}
