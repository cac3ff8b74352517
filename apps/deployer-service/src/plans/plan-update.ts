import { Inject, Injectable } from '@nestjs/common';
import { failure, operations, type DiagnosticData, type DomainError, type PlanData } from '@ushadow/contracts';
import {
  missingPermissions,
  planDeployment,
  type DeployOptions as EngineOptions,
  type Failure,
  type Plan as EnginePlan,
} from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import type { DeployerConfig } from '../config.ts';
import { claimsThatStay } from '../content/claims-that-stay.ts';
import { maskValues } from '../content/mask-values.ts';
import { stepTo, type Step } from '../content/step.ts';
import type { StackUpdate } from '../content/stack-content.ts';
import type { DeploymentKind, DeployOptions } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { DesiredStateCipher, wantedText } from '../deployments/desired-state.ts';
import { maskedPlan } from './masked-plan.ts';
import { planHash } from './plan-hash.ts';
import { toContract } from './plan.mapper.ts';
import { withoutSaid } from './without-said.ts';
import { PlanStore } from './plan.store.ts';
import { EngineOptionsBuilder } from '../updates/engine-options.ts';
import type { GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';

const operation = operations.planStack;
/** With these nothing could be asked: there is no plan to speak of. */
const blindCodes = ['CLUSTER_UNREACHABLE', 'CLUSTER_UNAUTHORIZED'] as const;
/** A cluster that is well answers within a second or two. */
const CLUSTER_MS = 20_000;
/** Kept back of the caller's time, to say why there is no plan. */
const ANSWER_MS = 1_000;

/** What is wanted of a stack, whatever has made it. */
export interface WantedUpdate {
  readonly kind: DeploymentKind;
  readonly stack: Stack;
  /** What it is seen from. */
  readonly good: GoodRevision | undefined;
  readonly update: StackUpdate;
  readonly options: DeployOptions;
  /** The revision it was made from, where that is not the files. */
  readonly basedOn: string | null;
  readonly warnings: readonly Failure[];
  readonly diagnostics: readonly DiagnosticData[];
}

/** Asks the cluster what an update of a stack would change, and keeps the answer. Writes nothing there. */
@Injectable()
export class PlanUpdate {
  constructor(
    private readonly engine: EngineOptionsBuilder,
    private readonly clusters: ClusterConnections,
    private readonly deployments: DeploymentStore,
    private readonly plans: PlanStore,
    private readonly cipher: DesiredStateCipher,
    private readonly redactor: Redactor,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  async run(wanted: WantedUpdate, context: RequestContext): Promise<PlanData> {
    const { deployments, plans, cipher } = this;
    const { kind, stack, good, update, options, basedOn, warnings, diagnostics } = wanted;
    const inventory = (await deployments.inventory(stack.id)) ?? [];
    const { deleteClaims } = options;
    const step = stepTo(good?.content, update, inventory, { isRollback: kind === 'rollback', deleteClaims });
    const { clusterId, namespace, project } = stack;
    const place = { stackId: stack.id, clusterId, namespace, project };
    const engine = await this.engine.build(place, step, options);
    const asked = await this.ask(clusterId, step, engine, timeLeft(context));
    const stay = claimsThatStay(options.deleteClaims, step);
    const objects = update.content.objects.map(({ object }) => object);
    const found = withoutSaid(asked.plan.warnings, warnings, objects);
    const plan = { ...asked.plan, warnings: [...warnings, ...stay, ...found] };
    const id = randomUUID();
    const desiredDigest = cipher.digest(wantedText(update));
    const baseRevision = good?.deployment.revision ?? null;
    const stored = await plans.add(
      {
        id,
        ...place,
        services: [...update.selected, ...update.gone],
        ...{ kind, basedOn },
        baseRevision,
        desiredDigest,
        options,
        plan,
        missingPermissions: asked.missing,
        diagnostics,
        hash: planHash(cipher.digestKey, { ...place, kind, desiredDigest, baseRevision, options, plan }),
        replaces: null,
        actor: context.actor,
        requestId: context.requestId,
      },
      cipher.encryptUpdate(id, update),
      this.config.PLAN_SECONDS,
    );
    return toContract(stored, update);
  }

  /** @param ms after which the cluster is taken not to answer */
  private async ask(clusterId: string, step: Step, options: EngineOptions, ms: number) {
    const cluster = await this.clusters.to(clusterId);
    const signal = AbortSignal.timeout(ms);
    try {
      const [plan, missing] = await Promise.all([
        planDeployment(step.desired, cluster, options, { signal }),
        missingPermissions(step.desired.objects, cluster, { signal }),
      ]);
      // A call that was given up is a problem of the plan, and no error.
      signal.throwIfAborted();
      refuseBlindPlan(plan);
      return {
        plan: maskedPlan(
          plan,
          maskValues(step.next, (text) => this.redactor.text(text)),
        ),
        missing,
      };
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
  return failure(operation, 'CLUSTER_UNREACHABLE', message);
}

function refuseBlindPlan(plan: EnginePlan): void {
  for (const { code, message } of plan.problems) {
    const blind = blindCodes.find((each) => each === code);
    if (blind !== undefined) throw failure(operation, blind, message);
  }
}
