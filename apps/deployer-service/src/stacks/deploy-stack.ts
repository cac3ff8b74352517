import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { ApplyPlan } from '../deployments/apply-plan.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { optionsOf } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { StoredPlan } from '../plans/plan.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';

type Operation = typeof operations.deployStack;
type Input = InputOf<Operation>;
type Output = OutputOf<Operation>;

/** Deploys what is asked for: a stored plan exactly as it stands, or what the Compose files give now. */
@Injectable()
export class DeployStack {
  constructor(
    private readonly updates: PrepareUpdate,
    private readonly applyPlan: ApplyPlan,
    private readonly begin: BeginDeployment,
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
    const isMeant = ({ clusterId, project }: StoredPlan): boolean =>
      clusterId === input.cluster_id && project === input.project;
    const { deployment, plan } = await this.applyPlan.run(planId, isMeant, input, context);
    return { ...toContract(deployment), diagnostics: [...plan.diagnostics] };
  }
}
