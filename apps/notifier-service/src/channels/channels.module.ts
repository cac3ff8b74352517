import { Module } from '@nestjs/common';
import { ReceiversModule } from '../receivers/receivers.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ChannelsController } from './channels.controller.ts';
import { CheckReceiver } from './check-receiver.ts';
import { CheckRules } from './check-rules.ts';
import { CreateChannel } from './create-channel.ts';
import { TestChannel } from './test-channel.ts';
import { UpdateChannel } from './update-channel.ts';

@Module({
  imports: [ReceiversModule, StoreModule],
  controllers: [ChannelsController],
  providers: [CheckReceiver, CheckRules, CreateChannel, TestChannel, UpdateChannel],
})
export class ChannelsModule {}
