import { failure, operations, type InputOf, type PlanData } from '@ushadow/contracts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import { toContract } from './plan.mapper.ts';
import type { PlanStore } from './plan.store.ts';

export class GetPlan {
  private readonly plans: PlanStore;
  private readonly cipher: DesiredStateCipher;

  constructor(plans: PlanStore, cipher: DesiredStateCipher) {
    this.plans = plans;
    this.cipher = cipher;
  }

  async run({ plan_id: id, cursor = '0' }: InputOf<typeof operations.getPlan>): Promise<PlanData> {
    const plan = await this.plans.find(id);
    if (plan === undefined) throw failure(operations.getPlan, 'PLAN_NOT_FOUND', `No plan has the id ${id}.`);
    return toContract(plan, this.cipher.decryptUpdate(id, await this.plans.desired(id)), Number(cursor));
  }
}
