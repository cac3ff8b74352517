import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import { ChannelStore } from '../channels/channel.store.ts';
import { ChannelVault } from '../channels/channel-vault.ts';
import type { NotifierConfig } from '../config.ts';
import { DeliveryStore } from '../deliveries/delivery.store.ts';
import { DeliveryQueue } from '../deliveries/delivery-queue.store.ts';

/** The stores of the service, and what opens what they keep. */
@Module({
  providers: [
    ChannelStore,
    DeliveryQueue,
    DeliveryStore,
    {
      provide: ChannelVault,
      useFactory: ({ USHADOW_KEYS }: NotifierConfig) => new ChannelVault(USHADOW_KEYS),
      inject: [CONFIG],
    },
  ],
  exports: [ChannelStore, ChannelVault, DeliveryQueue, DeliveryStore],
})
export class StoreModule {}
