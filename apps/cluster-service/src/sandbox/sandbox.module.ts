import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import type { ClusterConfig } from '../config.ts';
import { ReadSandbox } from './read-sandbox.ts';
import { SandboxController } from './sandbox.controller.ts';

@Module({
  controllers: [SandboxController],
  providers: [
    {
      provide: ReadSandbox,
      useFactory: ({ SANDBOX_FILE }: ClusterConfig) => new ReadSandbox(SANDBOX_FILE),
      inject: [CONFIG],
    },
  ],
})
export class SandboxModule {}
