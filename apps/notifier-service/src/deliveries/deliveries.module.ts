import { Module } from '@nestjs/common';
import { ReceiversModule } from '../receivers/receivers.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { DeliveriesController } from './deliveries.controller.ts';
import { Deliverer } from './deliverer.ts';

@Module({
  imports: [ReceiversModule, StoreModule],
  controllers: [DeliveriesController],
  providers: [Deliverer],
  exports: [Deliverer],
})
export class DeliveriesModule {}
