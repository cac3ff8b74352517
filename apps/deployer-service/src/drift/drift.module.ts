import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { CheckDrift } from './check-drift.ts';
import { DriftSchedule } from './drift-schedule.ts';
import { DriftController } from './drift.controller.ts';

@Module({
  imports: [ClustersModule, StoreModule, UpdatesModule],
  controllers: [DriftController],
  providers: [CheckDrift, DriftSchedule],
  exports: [CheckDrift, DriftSchedule],
})
export class DriftModule {}
