import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { DeadLettersController } from './dead-letters.controller.ts';

/** What nobody could deal with, for operators. */
@Module({
  imports: [StoreModule],
  controllers: [DeadLettersController],
})
export class DeadLettersModule {}
