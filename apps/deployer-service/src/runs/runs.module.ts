import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { RunJob } from './run-job.ts';
import { RunsController } from './runs.controller.ts';

@Module({
  imports: [DeploymentsModule, StoreModule],
  controllers: [RunsController],
  providers: [RunJob],
})
export class RunsModule {}
