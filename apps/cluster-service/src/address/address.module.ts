import { Module } from '@nestjs/common';
import { AddressPolicy, ownEndpoints } from '@ushadow/outbound';
import { CONFIG } from '@ushadow/service';
import type { ClusterConfig } from '../config.ts';

/** Which API servers may be asked at all. */
@Module({
  providers: [
    {
      provide: AddressPolicy,
      useFactory: (config: ClusterConfig) =>
        new AddressPolicy({
          allowLoopback: config.ALLOW_PRIVATE_CLUSTERS,
          loopbackSetting: 'ALLOW_PRIVATE_CLUSTERS',
          allow: config.CLUSTER_ADDRESSES_ALLOW,
          deny: config.CLUSTER_ADDRESSES_DENY,
          ownEndpoints: ownEndpoints([config.NATS_URL, config.DATABASE_URL]),
        }),
      inject: [CONFIG],
    },
  ],
  exports: [AddressPolicy],
})
export class AddressModule {}
