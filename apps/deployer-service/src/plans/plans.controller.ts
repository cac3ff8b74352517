import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GetPlan } from './get-plan.ts';
import { PlanAgain } from './plan-again.ts';
import { PlanStack } from './plan-stack.ts';

@Controller()
export class PlansController {
  constructor(
    private readonly planStack: PlanStack,
    private readonly getPlan: GetPlan,
    private readonly planAgain: PlanAgain,
  ) {}

  @Handle(operations.planStack)
  plan(
    input: InputOf<typeof operations.planStack>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.planStack>> {
    return this.planStack.run(input, context);
  }

  @Handle(operations.getPlan)
  get(input: InputOf<typeof operations.getPlan>): Promise<OutputOf<typeof operations.getPlan>> {
    return this.getPlan.run(input);
  }

  @Handle(operations.planAgain)
  again(
    input: InputOf<typeof operations.planAgain>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.planAgain>> {
    return this.planAgain.run(input, context);
  }
}
