import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type PlanData } from '@ushadow/contracts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';
import { toContract } from './plan.mapper.ts';
import { PlanStore } from './plan.store.ts';

@Injectable()
export class GetPlan {
  constructor(
    private readonly plans: PlanStore,
    private readonly cipher: DesiredStateCipher,
  ) {}

  async run({ plan_id: id, cursor = '0' }: InputOf<typeof operations.getPlan>): Promise<PlanData> {
    const plan = await this.plans.find(id);
    if (plan === undefined) throw failure(operations.getPlan, 'PLAN_NOT_FOUND', `No plan has the id ${id}.`);
    return toContract(plan, this.cipher.decryptUpdate(id, await this.plans.desired(id)), Number(cursor));
  }
}
