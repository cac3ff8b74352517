import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { NO_CONTENT } from '../content/stack-content.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { rollbackOptions } from '../deployments/deploy-options.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { ApplyPlan } from '../plans/apply-plan.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { OpenRevision } from './open-revision.ts';
import { PlanRollback } from './plan-rollback.ts';
import { RollbackTarget } from './rollback-target.ts';
import { updateOf } from './rollback-update.ts';

type OfDeployment = typeof operations.rollbackDeployment;
type OfStack = typeof operations.rollbackStack;
type Extras = Pick<InputOf<OfStack>, 'services' | 'supersede' | 'message'>;

/** Brings an earlier revision back, as a new deployment by the same way as any other. */
@Injectable()
export class Rollback {
  constructor(
    private readonly store: DeploymentStore,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly targets: RollbackTarget,
    private readonly revisions: OpenRevision,
    private readonly begin: BeginDeployment,
    private readonly planRollback: PlanRollback,
    private readonly apply: ApplyPlan,
  ) {}

  /** To the last good revision before the given deployment. */
  async undo(input: InputOf<OfDeployment>, context: RequestContext): Promise<DeploymentData> {
    const { deployment_id: id } = input;
    const deployment = await this.store.find(id);
    if (deployment === undefined)
      throw failure(operations.rollbackDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    const stack = await findStack(deployment.stackId, this.stacks);
    return this.restore(stack, await this.targets.before(stack, deployment), input, context);
  }

  /** As a plan says, to the revision named, or to the last good one before the current. */
  async ofStack(input: InputOf<OfStack>, context: RequestContext): Promise<DeploymentData> {
    const stack = await findStack(input.stack_id, this.stacks);
    const { plan_id: planId, supersede, message } = input;
    if (planId !== undefined) {
      const isMeant = (plan: { kind: string; stackId: string }): boolean =>
        plan.kind === 'rollback' && plan.stackId === stack.id;
      const { deployment } = await this.apply.run(planId, isMeant, { supersede, message }, context);
      return toContract(deployment);
    }
    const target = await this.targets.of(stack, input);
    const remark = await this.targets.remark(stack, target, input);
    const why = remark === undefined || message === undefined ? (remark ?? message) : `${message} (${remark})`;
    return this.restore(stack, target, { ...input, message: why }, context);
  }

  /**
   * By a plan, as one that was looked at beforehand: what the cluster refuses is refused before anything is begun. What ends
   * another deployment, or waits for it, changes what that one leaves: its plan is made when its turn comes.
   */
  private async restore(
    stack: Stack,
    target: Deployment,
    { services, supersede, message }: Extras,
    context: RequestContext,
  ): Promise<DeploymentData> {
    if (supersede !== undefined && (await this.store.isUnderWay(stack.id)))
      return this.behind(stack, target, { services, supersede, message }, context);
    const plan = await this.planRollback.to(stack, target, services, [], context);
    const isMeant = ({ id }: { readonly id: string }): boolean => id === plan.plan_id;
    const { deployment } = await this.apply.run(plan.plan_id, isMeant, { supersede, message }, context);
    return toContract(deployment);
  }

  private async behind(
    stack: Stack,
    target: Deployment,
    { services, supersede, message }: Extras,
    context: RequestContext,
  ): Promise<DeploymentData> {
    const { store, begin, contents, revisions } = this;
    const { content } = await revisions.open(target);
    const [current, there] = await Promise.all([contents.lastGood(stack.id), store.servicesThere(stack.id)]);
    const { id: stackId, namespace, project } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, target: stack.target, namespace, project, supersede, message },
        ...rollbackOptions,
        kind: 'rollback',
        ...{ basedOn: target.id, planId: null, planHash: null, deleteNamespace: false },
        update: updateOf(content, current?.content ?? NO_CONTENT, services, there),
      },
      context,
    );
    return toContract(deployment);
  }
}
