import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import type { NotifierConfig } from '../config.ts';
import { CallHook } from './call-hook.ts';
import { CreateHook } from './create-hook.ts';
import { HookVault } from './hook-vault.ts';
import { HookStore } from './hook.store.ts';
import { HooksController } from './hooks.controller.ts';

/** Deploy on push: who may say that a new image is there, and what comes of it. */
@Module({
  controllers: [HooksController],
  providers: [
    CallHook,
    CreateHook,
    HookStore,
    {
      provide: HookVault,
      useFactory: ({ USHADOW_KEYS }: NotifierConfig) => new HookVault(USHADOW_KEYS),
      inject: [CONFIG],
    },
  ],
})
export class HooksModule {}
