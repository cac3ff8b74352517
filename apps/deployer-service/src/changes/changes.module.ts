import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { DriftModule } from '../drift/drift.module.ts';
import { PlanMakingModule } from '../plans/plan-making.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { ChangeStack } from './change-stack.ts';
import { ChangesController } from './changes.controller.ts';
import { PrepareChange } from './prepare-change.ts';

/** What is done with a stack from its last good content. */
@Module({
  imports: [DeploymentsModule, DriftModule, PlanMakingModule, StoreModule, UpdatesModule],
  controllers: [ChangesController],
  providers: [ChangeStack, PrepareChange],
})
export class ChangesModule {}
