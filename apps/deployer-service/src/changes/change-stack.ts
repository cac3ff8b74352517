import { Injectable } from '@nestjs/common';
import { DomainError, type DeploymentData, type InputOf, type operations, type PlanData } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { ApplyPlan } from '../deployments/apply-plan.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { PlanUpdate } from '../plans/plan-update.ts';
import { PrepareChange } from './prepare-change.ts';

/** Changes a stack from what it was last brought to, without its files: planned first, or at once. */
@Injectable()
export class ChangeStack {
  constructor(
    private readonly prepare: PrepareChange,
    private readonly planUpdate: PlanUpdate,
    private readonly applyPlan: ApplyPlan,
    private readonly begin: BeginDeployment,
  ) {}

  async plan(input: InputOf<typeof operations.planChange>, context: RequestContext): Promise<PlanData> {
    const { change } = input;
    if (change.kind === 'restart') {
      const text = 'A restart changes nothing that could be planned: all pods of its services are replaced.';
      throw new DomainError('INVALID_INPUT', 'invalid', text, {
        details: { issues: [{ path: 'change', message: text }] },
      });
    }
    const prepared = await this.prepare.run(input.stack_id, change);
    const basedOn = prepared.good.deployment.id;
    return this.planUpdate.run({ ...prepared, basedOn, warnings: [], diagnostics: [] }, context);
  }

  async run(input: InputOf<typeof operations.changeStack>, context: RequestContext): Promise<DeploymentData> {
    const { stack_id: id, change, plan_id: planId, supersede } = input;
    if (change === undefined) {
      const isOfStack = ({ stackId }: { readonly stackId: string }): boolean => stackId === id;
      return toContract((await this.applyPlan.run(planId ?? '', isOfStack, input, context)).deployment);
    }
    const { stack, good, kind, update, options, message } = await this.prepare.run(id, change);
    const { id: stackId, clusterId, namespace, project } = stack;
    const deployment = await this.begin.run(
      {
        ...{ stackId, clusterId, namespace, project, kind, update, supersede },
        ...options,
        ...{ basedOn: good.deployment.id, planId: null, planHash: null, deleteNamespace: false },
        message: input.message ?? message.slice(0, 300),
      },
      context,
    );
    return toContract(deployment);
  }
}
