import { Controller } from '@nestjs/common';
import { operations, type DeploymentData, type InputOf, type PlanData } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { ChangeStack } from './change-stack.ts';

@Controller()
export class ChangesController {
  constructor(private readonly changeStack: ChangeStack) {}

  @Handle(operations.planChange)
  plan(input: InputOf<typeof operations.planChange>, context: RequestContext): Promise<PlanData> {
    return this.changeStack.plan(input, context);
  }

  @Handle(operations.changeStack)
  change(input: InputOf<typeof operations.changeStack>, context: RequestContext): Promise<DeploymentData> {
    return this.changeStack.run(input, context);
  }
}
