import { Module } from '@nestjs/common';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { EnvmapController } from './envmap.controller.ts';
import { ApplyEnvmap } from './apply-envmap.ts';

@Module({
  imports: [DeploymentsModule, StoreModule],
  controllers: [EnvmapController],
  providers: [ApplyEnvmap],
})
export class EnvmapModule {}
