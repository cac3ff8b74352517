import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { PlansController } from './plans.controller.ts';
import { GetPlan } from './get-plan.ts';
import { PlanAgain } from './plan-again.ts';
import { PlanMakingModule } from './plan-making.module.ts';
import { PlanStack } from './plan-stack.ts';

@Module({
  imports: [HistoryModule, PlanMakingModule, StoreModule, UpdatesModule],
  controllers: [PlansController],
  providers: [GetPlan, PlanAgain, PlanStack],
})
export class PlansModule {}
