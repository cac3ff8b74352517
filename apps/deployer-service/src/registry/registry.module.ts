import { Module } from '@nestjs/common';
import { AddressPolicy, ownEndpoints } from '@ushadow/outbound';
import { CONFIG } from '@ushadow/service';
import type { DeployerConfig } from '../config.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { CheckImages } from './check-images.ts';
import { LookForImages } from './look-for-images.ts';
import { RegistryController } from './registry.controller.ts';

/** What registries say of images. */
@Module({
  imports: [StoreModule, UpdatesModule],
  controllers: [RegistryController],
  providers: [
    CheckImages,
    LookForImages,
    {
      provide: AddressPolicy,
      useFactory: (config: DeployerConfig) =>
        new AddressPolicy({
          allowLoopback: config.ALLOW_PRIVATE_REGISTRIES,
          loopbackSetting: 'ALLOW_PRIVATE_REGISTRIES',
          allow: config.REGISTRY_ADDRESSES_ALLOW,
          deny: config.REGISTRY_ADDRESSES_DENY,
          ownEndpoints: ownEndpoints([config.NATS_URL, config.DATABASE_URL]),
        }),
      inject: [CONFIG],
    },
  ],
  exports: [LookForImages],
})
export class RegistryModule {}
