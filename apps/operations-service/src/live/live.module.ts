import { Module } from '@nestjs/common';
import { MetricsController } from '../metrics/metrics.controller.ts';
import { StackMetrics } from '../metrics/stack-metrics.ts';
import { SharedModule } from '../shared.module.ts';
import { FollowStackTree } from '../tree/follow-stack-tree.ts';
import { LookAtStack } from '../tree/look-at-stack.ts';
import { TreeController } from '../tree/tree.controller.ts';
import { StackViews } from './stack-views.ts';

/** What is seen of stacks while somebody looks at them. */
@Module({
  imports: [SharedModule],
  controllers: [MetricsController, TreeController],
  providers: [FollowStackTree, LookAtStack, StackMetrics, StackViews],
})
export class LiveModule {}
