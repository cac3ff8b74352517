import { Injectable } from '@nestjs/common';
import { DomainError, type DeploymentData, type InputOf, type operations, type PlanData } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { ApplyPlan } from '../plans/apply-plan.ts';
import { MakePlan } from '../plans/make-plan.ts';
import { PrepareChange } from './prepare-change.ts';

/** Changes a stack from what it was last brought to, without its files: planned first, or at once. */
@Injectable()
export class ChangeStack {
  constructor(
    private readonly prepare: PrepareChange,
    private readonly makePlan: MakePlan,
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
    const { message: _message, ...prepared } = await this.prepare.run(input.stack_id, change);
    const basedOn = prepared.good.deployment.id;
    return this.makePlan.run({ ...prepared, basedOn, about: null, warnings: [], diagnostics: [] }, context);
  }

  async run(input: InputOf<typeof operations.changeStack>, context: RequestContext): Promise<DeploymentData> {
    const { stack_id: id, change, plan_id: planId, supersede } = input;
    if (change === undefined) {
      const isOfStack = ({ stackId }: { readonly stackId: string }): boolean => stackId === id;
      const { message } = input;
      const { deployment } = await this.applyPlan.run(planId ?? '', isOfStack, { supersede, message }, context);
      return toContract(deployment);
    }
    const { stack, good, kind, update, options, message } = await this.prepare.run(id, change);
    const { id: stackId, target, namespace, project } = stack;
    const deployment = await this.begin.run(
      {
        ...{ stackId, target, namespace, project, kind, update, supersede },
        ...options,
        ...{ basedOn: good.deployment.id, planId: null, planHash: null, deleteNamespace: false },
        message: input.message ?? message.slice(0, 300),
      },
      context,
    );
    return toContract(deployment);
  }
}
