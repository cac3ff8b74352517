import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { optionsOf } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { wantedText, DesiredStateCipher } from '../deployments/desired-state.ts';
import { findingToContract } from '../plans/plan.mapper.ts';
import { PlanStore } from '../plans/plan.store.ts';
import type { StoredPlan } from '../plans/plan.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';

const operation = operations.deployStack;
type Input = InputOf<typeof operation>;
type Output = OutputOf<typeof operation>;

/** Deploys what is asked for: a stored plan exactly as it stands, or what the Compose files give now. */
@Injectable()
export class DeployStack {
  constructor(
    private readonly updates: PrepareUpdate,
    private readonly plans: PlanStore,
    private readonly begin: BeginDeployment,
    private readonly cipher: DesiredStateCipher,
  ) {}

  run(input: Input, context: RequestContext): Promise<Output> {
    const { plan_id: planId } = input;
    return planId === undefined ? this.compiled(input, context) : this.planned(input, planId, context);
  }

  private async compiled(input: Input, context: RequestContext): Promise<Output> {
    const { supersede, message, plan_id: _plan, ...wanted } = input;
    const { stack, update, diagnostics } = await this.updates.run(wanted);
    const { id: stackId, clusterId, namespace, project } = stack;
    const deployment = await this.begin.run(
      {
        ...{ stackId, clusterId, namespace, project },
        ...optionsOf(input),
        ...{ kind: 'deploy', basedOn: null, planId: null, planHash: null, deleteNamespace: false },
        ...{ update, supersede, message },
      },
      context,
    );
    return { ...toContract(deployment), diagnostics };
  }

  private async planned(input: Input, planId: string, context: RequestContext): Promise<Output> {
    const { plans, cipher, begin } = this;
    const plan = await plans.find(planId);
    if (plan?.clusterId !== input.cluster_id || plan.project !== input.project)
      throw failure(operation, 'PLAN_NOT_FOUND', `No plan of this project in this cluster has the id ${planId}.`);
    refuseUnfit(plan);
    const update = cipher.decryptUpdate(planId, await plans.desired(planId));
    if (!cipher.isDigestOf(plan.desiredDigest, wantedText(update)))
      throw failure(operation, 'PLAN_EXPIRED', 'The plan was made under a key that is gone. Make another one.');
    const { stackId, clusterId, namespace, project, options, hash } = plan;
    const deployment = await begin.run(
      {
        ...{ stackId, clusterId, namespace, project },
        ...options,
        ...{ kind: 'deploy', basedOn: null, planId, planHash: hash, deleteNamespace: false },
        ...{ update, supersede: input.supersede, message: input.message },
      },
      context,
    );
    return { ...toContract(deployment), diagnostics: [...plan.diagnostics] };
  }
}

function refuseUnfit({ expiresAt, plan }: StoredPlan): void {
  if (expiresAt.getTime() < Date.now()) {
    const text = `The plan could be applied until ${expiresAt.toISOString()}. Make another one.`;
    throw failure(operation, 'PLAN_EXPIRED', text);
  }
  const [problem] = plan.problems;
  if (problem === undefined) return;
  const details = { problems: plan.problems.map(findingToContract) };
  throw failure(operation, 'PLAN_NOT_APPLICABLE', `The cluster refuses it: ${problem.message}`, { details });
}
