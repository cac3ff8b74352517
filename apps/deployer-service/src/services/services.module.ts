import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ServicesController } from './services.controller.ts';
import { ChangeService } from './change-service.ts';

@Module({
  imports: [DeploymentsModule, StoreModule],
  controllers: [ServicesController],
  providers: [ChangeService],
})
export class ServicesModule {}
