import { Injectable } from '@nestjs/common';
import type { InputOf, operations, PlanData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { NO_CONTENT } from '../content/stack-content.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { rollbackOptions } from '../deployments/deploy-options.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { MakePlan } from '../plans/make-plan.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { OpenRevision, noRevision } from './open-revision.ts';
import { RollbackTarget, usable } from './rollback-target.ts';
import { updateOf } from './rollback-update.ts';
import { WhatIsGone } from './what-is-gone.ts';

/** Asks the cluster what going back to a revision would change, says what of it is gone, and keeps the answer. */
@Injectable()
export class PlanRollback {
  constructor(
    private readonly store: DeploymentStore,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly targets: RollbackTarget,
    private readonly revisions: OpenRevision,
    private readonly gone: WhatIsGone,
    private readonly make: MakePlan,
  ) {}

  async run(input: InputOf<typeof operations.planRollback>, context: RequestContext): Promise<PlanData> {
    const stack = await findStack(input.stack_id, this.stacks);
    const target = await this.targets.of(stack, input);
    const remark = await this.targets.remark(stack, target, input);
    const remarks = remark === undefined ? [] : [finding('REVISIONS_PASSED_OVER', remark)];
    return this.to(stack, target, input.services, remarks, context);
  }

  /** A plan of the same once more. */
  async again(
    stack: Stack,
    basedOn: string | null,
    services: readonly string[] | undefined,
    context: RequestContext,
  ): Promise<PlanData> {
    const target = basedOn === null ? undefined : await this.store.find(basedOn);
    if (target === undefined) throw noRevision('The revision that the plan goes back to is not kept any more.');
    return this.to(stack, usable(stack, target, target.id), services, [], context);
  }

  /** To a revision that was found to be usable. */
  async to(
    stack: Stack,
    target: Deployment,
    services: readonly string[] | undefined,
    remarks: readonly Failure[],
    context: RequestContext,
  ): Promise<PlanData> {
    const { store, revisions, contents, gone, make } = this;
    const { content } = await revisions.open(target);
    const [good, there] = await Promise.all([contents.lastGood(stack.id), store.servicesThere(stack.id)]);
    const update = updateOf(content, good?.content ?? NO_CONTENT, services, there);
    const warnings = [...remarks, ...(await gone.run(stack, target, update, good?.content))];
    const from = { kind: 'rollback', basedOn: target.id, about: services ?? null } as const;
    return make.run({ ...from, stack, good, update, options: rollbackOptions, warnings, diagnostics: [] }, context);
  }
}

function finding(code: string, message: string): Failure {
  return { code: code as Failure['code'], message, evidence: [] };
}
