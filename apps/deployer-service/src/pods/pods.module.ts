import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { PodsController } from './pods.controller.ts';
import { ListPods } from './list-pods.ts';

@Module({
  imports: [ClustersModule],
  controllers: [PodsController],
  providers: [ListPods],
})
export class PodsModule {}
