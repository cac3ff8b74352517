import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { LiveModule } from '../live/live.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { StacksController } from './stacks.controller.ts';
import { DeployStack } from './deploy-stack.ts';
import { RedeployStack } from './redeploy-stack.ts';
import { RemoveStack } from './remove-stack.ts';
import { LocateStack } from './locate-stack.ts';
import { ShowStacks } from './show-stacks.ts';

@Module({
  imports: [DeploymentsModule, LiveModule, StoreModule, UpdatesModule],
  controllers: [StacksController],
  providers: [DeployStack, RedeployStack, RemoveStack, ShowStacks, LocateStack],
})
export class StacksModule {}
