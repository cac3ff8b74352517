import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type PlanData } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { rebaseUpdate } from '../content/rebase-update.ts';
import { DesiredStateCipher, wantedText } from '../deployments/desired-state.ts';
import { PlanRollback } from '../history/plan-rollback.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { MakePlan } from './make-plan.ts';
import { PlanStore } from './plan.store.ts';

const operation = operations.planAgain;

/** Makes a plan once more: what it was made of stays, the stack and its cluster are looked at anew. */
@Injectable()
export class PlanAgain {
  constructor(
    private readonly plans: PlanStore,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly cipher: DesiredStateCipher,
    private readonly make: MakePlan,
    private readonly rollback: PlanRollback,
  ) {}

  async run({ plan_id: id }: InputOf<typeof operation>, context: RequestContext): Promise<PlanData> {
    const { plans, stacks, contents, cipher, make, rollback } = this;
    const plan = await plans.find(id);
    if (plan === undefined) throw failure(operation, 'PLAN_NOT_FOUND', `No plan has the id ${id}.`);
    const stack = await findStack(plan.stackId, stacks);
    const { kind, basedOn, about, options, diagnostics } = plan;
    // What goes with a rollback depends on what the stack has by now.
    if (kind === 'rollback') return rollback.again(stack, basedOn, about ?? undefined, context);
    const update = cipher.decryptUpdate(id, await plans.desired(id));
    if (!cipher.isDigestOf(plan.desiredDigest, wantedText(update)))
      throw failure(operation, 'PLAN_EXPIRED', 'The plan was made under a key that is gone. Make another one.');
    const good = await contents.lastGood(stack.id);
    // What was made from the stack as it was then is asked of it as it is now.
    const rebased = rebaseUpdate({ kind, basedOn }, update, good?.content);
    const wanted = { kind, basedOn, about, options, diagnostics, stack, good, update: rebased, warnings: [] };
    return make.run(wanted, context);
  }
}
