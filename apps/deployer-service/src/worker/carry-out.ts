import {
  byItself,
  checkpointOf,
  deploy,
  remove,
  type ClusterPort,
  type DeployEnvironment,
  type DeployOptions,
  type DeployRun,
  type InventoryEntry,
} from '@ushadow/deploy-engine';
import { DomainError } from '@ushadow/contracts';
import type { CancelSignal, Clock } from '@ushadow/kubernetes';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toEngineOptions } from '../deployments/deploy-options.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { parseDesired, type DesiredStateCipher } from '../deployments/desired-state.ts';
import type { ProgressStore } from '../deployments/progress.store.ts';
import { planHash } from '../plans/plan-hash.ts';
import type { PlanStore } from '../plans/plan.store.ts';
import type { InstallationStore } from '../store/installation.store.ts';
import { RESTART_MANAGER, restartObjects } from '../services/restart-objects.ts';
import { expectedObjects } from './expected-objects.ts';
import { GivesWay } from './gives-way.ts';
import { isOverdue } from './is-overdue.ts';
import type { Lease } from './lease.store.ts';
import { engineEvents } from './progress-report.ts';

/** More than any deployment has. */
export const EVENTS_MAX = 100_000;

/** What waits for the services it depends on. Stopping, scaling and going back are never held up by others. */
const FOLLOWS_OTHERS: ReadonlySet<Deployment['kind']> = new Set(['deploy', 'start']);

export interface CarryOutParts {
  readonly deployments: DeploymentStore;
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
  /** Digest of what a failure goes back to; null where there is nothing. */
  readonly beforeDigest: string | null;
  /** True once an earlier worker may have written. */
  readonly wasWriting: boolean;
}

/**
 * Turns a deployment into the engine's work, going on where an earlier worker has stopped.
 * @throws GivesWay
 */
export async function carryOut(
  deployment: Deployment,
  lease: Lease,
  conditions: Conditions,
  parts: CarryOutParts,
): Promise<Work> {
  const { deployments, clusters, cipher, progress } = parts;
  const cluster = await clusters.to(deployment.clusterId);
  const checkpoint = checkpointOf(engineEvents(await progress.after(deployment.id, 0, EVENTS_MAX)));
  const inventory = (await deployments.inventory(deployment, deployment.revision)) ?? [];
  const good = await deployments.lastGood(deployment, deployment.revision);
  const environment: DeployEnvironment = {
    redact: parts.redact,
    ...conditions,
    ...(checkpoint === undefined ? {} : { resumeFrom: checkpoint }),
  };
  const base: DeployOptions = {
    ...toEngineOptions(deployment, deployment.namespace),
    deadlineMs: deployment.deadlineSeconds * 1000,
    stallMs: deployment.stallSeconds * 1000,
    digestKey: cipher.digestKey,
    inventory,
    stamp: {
      deploymentId: deployment.id,
      scope: `${await parts.installation.id()}/${deployment.serviceName}`,
      epoch: lease.epoch,
    },
  };
  const known = { cluster, beforeDigest: good?.desiredDigest ?? null, wasWriting: checkpoint?.writing === true };
  if (deployment.kind === 'remove') return { run: remove(inventory, cluster, base, environment), ...known };
  const desired = parseDesired(cipher.decrypt(deployment.id, await deployments.desired(deployment.id)));
  if (deployment.kind === 'restart') {
    const objects = restartObjects(desired.objects, deployment.createdAt);
    // Beside the deployment's own fields, so that the next deploy of the same finds nothing to change.
    const { stamp: _stamp, ...rest } = base;
    const options = { ...rest, manager: RESTART_MANAGER, inventory: [], prune: false };
    return { run: keeping(inventory, deploy({ objects, dependencies: [] }, cluster, options, environment)), ...known };
  }
  const options = { ...base, ...(await wayBack(deployment, good, parts)), ...(await approval(deployment, parts)) };
  if (!FOLLOWS_OTHERS.has(deployment.kind)) {
    return { run: deploy(byItself(desired), cluster, options, environment), ...known };
  }
  const expected = await expectedObjects(deployment, desired, deployments);
  // What is to end does so at once, in the engine's hands.
  const isToEnd = conditions.cancel.aborted || conditions.leave.aborted || isOverdue(deployment, conditions.clock);
  if (expected.unheld.length > 0 && !isToEnd) throw new GivesWay(expected.unheld);
  return { run: deploy(desired, cluster, { ...options, expected: expected.objects }, environment), ...known };
}

/** What a failure or a cancel goes back to. After a removal there is nothing to go back to. */
async function wayBack(
  { rollback }: Deployment,
  good: Deployment | undefined,
  { deployments, cipher }: CarryOutParts,
): Promise<Pick<DeployOptions, 'rollbackTo' | 'rollBackFailures'>> {
  if (good === undefined || good.kind === 'remove') return {};
  const rollbackTo = parseDesired(cipher.decrypt(good.id, await deployments.desired(good.id)));
  return { rollbackTo, rollBackFailures: rollback };
}

/** The stored plan that is to be applied exactly, checked against what was approved. */
async function approval(
  deployment: Deployment,
  { plans, cipher }: CarryOutParts,
): Promise<Pick<DeployOptions, 'approvedPlan'>> {
  if (deployment.planId === null) return {};
  const stored = await plans.find(deployment.planId);
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
  return { approvedPlan: stored.plan };
}

/** A run that touches nothing of what is ours leaves the inventory as it was. */
async function* keeping(inventory: readonly InventoryEntry[], run: DeployRun): DeployRun {
  return { ...(yield* run), inventory };
}
