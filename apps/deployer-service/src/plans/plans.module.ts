import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { PlansController } from './plans.controller.ts';
import { GetPlan } from './get-plan.ts';
import { PlanUpdate } from './plan-update.ts';
import { PlanStack } from './plan-stack.ts';

@Module({
  imports: [ClustersModule, StoreModule, UpdatesModule],
  controllers: [PlansController],
  providers: [GetPlan, PlanStack, PlanUpdate],
  exports: [PlanUpdate],
})
export class PlansModule {}
