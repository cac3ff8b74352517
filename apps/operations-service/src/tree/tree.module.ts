import { Module } from '@nestjs/common';
import { LiveModule } from '../live/live.module.ts';
import { SharedModule } from '../shared.module.ts';
import { FollowStackTree } from './follow-stack-tree.ts';
import { LookAtStack } from './look-at-stack.ts';
import { TreeController } from './tree.controller.ts';

@Module({
  imports: [LiveModule, SharedModule],
  controllers: [TreeController],
  providers: [FollowStackTree, LookAtStack],
})
export class TreeModule {}
