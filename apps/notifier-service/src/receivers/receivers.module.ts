import { Module } from '@nestjs/common';
import { AddressPolicy, ownEndpoints } from '@ushadow/outbound';
import { CONFIG } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { SendToReceiver } from './send-to-receiver.ts';

/** Which receivers may be contacted, and how each kind is. */
@Module({
  providers: [
    {
      provide: AddressPolicy,
      useFactory: (config: NotifierConfig) =>
        new AddressPolicy({
          allowLoopback: config.ALLOW_PRIVATE_RECEIVERS,
          loopbackSetting: 'ALLOW_PRIVATE_RECEIVERS',
          allow: config.RECEIVER_ADDRESSES_ALLOW,
          deny: config.RECEIVER_ADDRESSES_DENY,
          ownEndpoints: ownEndpoints([config.NATS_URL, config.DATABASE_URL]),
        }),
      inject: [CONFIG],
    },
    {
      provide: SendToReceiver,
      useFactory: (policy: AddressPolicy, { RECEIVER_TIMEOUT_SECONDS }: NotifierConfig) =>
        new SendToReceiver(policy, RECEIVER_TIMEOUT_SECONDS * 1_000),
      inject: [AddressPolicy, CONFIG],
    },
  ],
  exports: [AddressPolicy, SendToReceiver],
})
export class ReceiversModule {}
