import { Module } from '@nestjs/common';
import { BusConnection, EventBus, ForgetRemovedClusters, RpcCaller } from '@ushadow/messaging';
import { LOGGER } from '@ushadow/service';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { PlanMakingModule } from '../plans/plan-making.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { StacksController } from './stacks.controller.ts';
import { DeployStack } from './deploy-stack.ts';
import { RedeployStack } from './redeploy-stack.ts';
import { RemovedTargets } from './removed-targets.store.ts';
import { RemoveStack } from './remove-stack.ts';
import { LocateStack } from './locate-stack.ts';
import { ShowStacks } from './show-stacks.ts';

@Module({
  imports: [DeploymentsModule, LiveModule, PlanMakingModule, StoreModule, UpdatesModule],
  controllers: [StacksController],
  providers: [
    DeployStack,
    RedeployStack,
    RemoveStack,
    RemovedTargets,
    ShowStacks,
    LocateStack,
    {
      provide: ForgetRemovedClusters,
      useFactory: (...args: ConstructorParameters<typeof ForgetRemovedClusters>) => new ForgetRemovedClusters(...args),
      inject: [RemovedTargets, BusConnection, EventBus, RpcCaller, LOGGER],
    },
  ],
})
export class StacksModule {}
