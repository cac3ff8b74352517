import { Injectable } from '@nestjs/common';
import { clusterOf, type InputOf, type operations, type OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { optionsOf } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { ApplyPlan } from '../plans/apply-plan.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';

type Input = InputOf<typeof operations.deployStack>;
type Output = OutputOf<typeof operations.deployStack>;

/** Deploys what is asked for: a stored plan exactly as it stands, or what the Compose files give now. */
@Injectable()
export class DeployStack {
  constructor(
    private readonly updates: PrepareUpdate,
    private readonly begin: BeginDeployment,
    private readonly apply: ApplyPlan,
  ) {}

  run(input: Input, context: RequestContext): Promise<Output> {
    const { plan_id: planId } = input;
    return planId === undefined ? this.compiled(input, context) : this.planned(input, planId, context);
  }

  private async compiled(input: Input, context: RequestContext): Promise<Output> {
    const { supersede, message, plan_id: _plan, ...wanted } = input;
    const { stack, update, diagnostics } = await this.updates.run(wanted);
    const { id: stackId, target, namespace, project } = stack;
    const deployment = await this.begin.run(
      {
        ...{ stackId, target, namespace, project },
        ...optionsOf(input),
        ...{ kind: 'deploy', basedOn: null, planId: null, planHash: null, deleteNamespace: false },
        ...{ update, supersede, message },
      },
      context,
    );
    return { ...toContract(deployment), diagnostics };
  }

  private async planned(input: Input, planId: string, context: RequestContext): Promise<Output> {
    const { cluster_id: clusterId, project, supersede, message } = input;
    const { plan, deployment } = await this.apply.run(
      planId,
      (each) => clusterOf(each.target) === clusterId && each.project === project,
      { supersede, message },
      context,
    );
    return { ...toContract(deployment), diagnostics: [...plan.diagnostics] };
  }
}
