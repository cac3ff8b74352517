import { failure, operations, type DomainError, type InputOf, type OutputOf } from '@ushadow/contracts';
import { missingPermissions, planDeployment, type Plan as EnginePlan } from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { randomUUID } from 'node:crypto';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import type { CompileDesired } from '../deployments/compile-desired.ts';
import { optionsOf, toEngineOptions } from '../deployments/deploy-options.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { parseDesired, wantedText, type DesiredStateCipher } from '../deployments/desired-state.ts';
import { maskedPlan } from './masked-plan.ts';
import { planHash } from './plan-hash.ts';
import { toContract } from './plan.mapper.ts';
import type { PlanStore } from './plan.store.ts';

const operation = operations.planDeployment;
/** With these nothing could be asked: there is no plan to speak of. */
const blindCodes = ['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED'] as const;
/** A cluster that is well answers within a second or two. */
const CLUSTER_MS = 20_000;
/** Kept back of the caller's time, to say why there is no plan. */
const ANSWER_MS = 1_000;

interface Parts {
  readonly desired: CompileDesired;
  readonly clusters: ClusterConnections;
  readonly deployments: DeploymentStore;
  readonly plans: PlanStore;
  readonly cipher: DesiredStateCipher;
  readonly redact: (text: string) => string;
  readonly lifeSeconds: number;
}

/** Compiles what is asked for, asks the cluster what it would change, and keeps the answer. Writes nothing there. */
export class PlanDeployment {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operation>, context: RequestContext): Promise<OutputOf<typeof operation>> {
    const { desired, deployments, plans, cipher, lifeSeconds } = this.parts;
    const compiled = await desired.run(input);
    const { namespace, serviceName, text, diagnostics } = compiled;
    const place = { clusterId: input.cluster_id, namespace, serviceName };
    const options = optionsOf(input);
    const inventory = (await deployments.inventory(place)) ?? [];
    const engineOptions = { ...toEngineOptions(options, namespace), digestKey: cipher.digestKey, inventory };
    const { plan, missing } = await this.ask(place.clusterId, text, engineOptions, timeLeft(context));
    const id = randomUUID();
    const desiredDigest = cipher.digest(wantedText(text));
    const stored = await plans.add(
      {
        id,
        ...place,
        serviceId: input.service_id,
        nodeName: input.node_name ?? null,
        desiredDigest,
        options,
        plan,
        missingPermissions: missing,
        diagnostics,
        hash: planHash(cipher.digestKey, { ...place, desiredDigest, options, plan }),
        replaces: null,
        actor: context.actor,
        requestId: context.requestId,
      },
      cipher.encrypt(id, text),
      lifeSeconds,
    );
    return toContract(stored);
  }

  /** @param ms after which the cluster is taken not to answer */
  private async ask(clusterId: string, text: string, options: Parameters<typeof planDeployment>[2], ms: number) {
    const cluster = await this.parts.clusters.to(clusterId);
    const state = parseDesired(text);
    const signal = AbortSignal.timeout(ms);
    try {
      const [plan, missing] = await Promise.all([
        planDeployment(state, cluster, options, { signal }),
        missingPermissions(state.objects, cluster, { signal }),
      ]);
      // A call that was given up is a problem of the plan, and no error.
      signal.throwIfAborted();
      refuseBlindPlan(plan);
      return { plan: maskedPlan(plan, this.parts.redact), missing };
    } catch (error) {
      throw signal.aborted ? noAnswer(ms) : toClusterError(error);
    }
  }
}

/** How long the cluster may take, so that the caller still hears of it; milliseconds. */
function timeLeft({ deadline = Infinity }: RequestContext): number {
  return Math.max(0, Math.min(CLUSTER_MS, deadline - Date.now() - ANSWER_MS));
}

function noAnswer(ms: number): DomainError {
  const seconds = String(Math.round(ms / 1000));
  const message = `The cluster’s API server did not answer within ${seconds} s; nothing is planned, nothing was written.`;
  return failure(operation, 'CLUSTER_UNREACHABLE', message);
}

function refuseBlindPlan(plan: EnginePlan): void {
  for (const { code, message } of plan.problems) {
    const blind = blindCodes.find((each) => each === code);
    if (blind !== undefined) throw failure(operation, blind, message);
  }
}
