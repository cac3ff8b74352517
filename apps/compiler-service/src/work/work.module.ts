import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import type { CompilerConfig } from '../config.ts';
import { DEFAULT_WORK_LIMITS } from './work-limits.ts';
import { Workers } from './workers.ts';

@Module({
  providers: [
    {
      provide: Workers,
      useFactory: ({ PROJECT_CPU_SECONDS, PROJECT_MEMORY_MB }: CompilerConfig) =>
        new Workers({ ...DEFAULT_WORK_LIMITS, cpuSeconds: PROJECT_CPU_SECONDS, megabytes: PROJECT_MEMORY_MB }),
      inject: [CONFIG],
    },
  ],
  exports: [Workers],
})
export class WorkModule {}
