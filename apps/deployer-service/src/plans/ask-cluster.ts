import { Injectable } from '@nestjs/common';
import { failure, operations, type DomainError, clusterOf, type Target } from '@ushadow/contracts';
import {
  missingPermissions,
  planDeployment,
  type DeployOptions as EngineOptions,
  type Permission,
  type Plan as EnginePlan,
} from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import { maskValues } from '../content/mask-values.ts';
import type { Step } from '../content/step.ts';
import { maskedPlan } from './masked-plan.ts';

/** With these nothing could be asked: there is no plan to speak of. */
const blindCodes = ['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED'] as const;
/** A cluster that is well answers within a second or two. */
const CLUSTER_MS = 20_000;
/** Kept back of the caller's time, to say why there is no plan. */
const ANSWER_MS = 1_000;

export interface Asked {
  /** Fit to be kept and shown. */
  readonly plan: EnginePlan;
  readonly missing: readonly Permission[];
}

/** Asks a cluster what a step would change in it. Writes nothing there. */
@Injectable()
export class AskCluster {
  constructor(
    private readonly clusters: ClusterConnections,
    private readonly redactor: Redactor,
  ) {}

  async run(target: Target, step: Step, options: EngineOptions, context: RequestContext): Promise<Asked> {
    const cluster = await this.clusters.to(clusterOf(target));
    const ms = timeLeft(context);
    const signal = AbortSignal.timeout(ms);
    const redact = maskValues(step.next, (text) => this.redactor.text(text));
    try {
      const [plan, missing] = await Promise.all([
        planDeployment(step.desired, cluster, options, { signal, redact }),
        missingPermissions(step.desired.objects, cluster, { signal }),
      ]);
      // A call that was given up is a problem of the plan, and no error.
      signal.throwIfAborted();
      refuseBlindPlan(plan);
      return { plan: maskedPlan(plan, redact), missing };
    } catch (error) {
      throw signal.aborted ? noAnswer(ms) : toClusterError(error);
    }
  }
}

/** How long the cluster may take, so that the caller still gets the answer; milliseconds. */
function timeLeft({ deadline = Infinity }: RequestContext): number {
  return Math.max(0, Math.min(CLUSTER_MS, deadline - Date.now() - ANSWER_MS));
}

function noAnswer(ms: number): DomainError {
  const seconds = String(Math.round(ms / 1000));
  const message = `The cluster’s API server did not answer within ${seconds} s; nothing is planned, nothing was written.`;
  return failure(operations.planStack, 'CLUSTER_UNREACHABLE', message);
}

function refuseBlindPlan(plan: EnginePlan): void {
  for (const { code, message } of plan.problems) {
    const blind = blindCodes.find((each) => each === code);
    if (blind !== undefined) throw failure(operations.planStack, blind, message);
  }
}
