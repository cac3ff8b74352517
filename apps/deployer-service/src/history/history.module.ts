import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { HistoryController } from './history.controller.ts';
import { GetHistory } from './get-history.ts';
import { Rollback } from './rollback.ts';

@Module({
  imports: [DeploymentsModule, StoreModule],
  controllers: [HistoryController],
  providers: [GetHistory, Rollback],
})
export class HistoryModule {}
