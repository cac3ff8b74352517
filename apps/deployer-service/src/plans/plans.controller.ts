import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GetPlan } from './get-plan.ts';
import { PlanDeployment } from './plan-deployment.ts';

@Controller()
export class PlansController {
  constructor(
    private readonly planDeployment: PlanDeployment,
    private readonly getPlan: GetPlan,
  ) {}

  @Handle(operations.planDeployment)
  plan(
    input: InputOf<typeof operations.planDeployment>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.planDeployment>> {
    return this.planDeployment.run(input, context);
  }

  @Handle(operations.getPlan)
  get(input: InputOf<typeof operations.getPlan>): Promise<OutputOf<typeof operations.getPlan>> {
    return this.getPlan.run(input.plan_id);
  }
}
