import { failure, operations, type PlanData } from '@ushadow/contracts';
import { toContract } from './plan.mapper.ts';
import type { PlanStore } from './plan.store.ts';

export class GetPlan {
  private readonly plans: PlanStore;

  constructor(plans: PlanStore) {
    this.plans = plans;
  }

  async run(id: string): Promise<PlanData> {
    const plan = await this.plans.find(id);
    if (plan === undefined) throw failure(operations.getPlan, 'PLAN_NOT_FOUND', `No plan has the id ${id}.`);
    return toContract(plan);
  }
}
