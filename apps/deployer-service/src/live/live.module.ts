import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { StackObserver } from './stack-observer.ts';

@Module({
  imports: [ClustersModule, StoreModule, UpdatesModule],
  providers: [StackObserver],
  exports: [StackObserver],
})
export class LiveModule {}
