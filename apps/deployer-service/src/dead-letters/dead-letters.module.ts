import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { DeadLettersController } from './dead-letters.controller.ts';

@Module({
  imports: [StoreModule],
  controllers: [DeadLettersController],
})
export class DeadLettersModule {}
