import { Module } from '@nestjs/common';
import { BusConnection, EventBus, ForgetRemovedClusters, RpcCaller } from '@ushadow/messaging';
import { LOGGER } from '@ushadow/service';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { ProjectsModule } from '../projects/projects.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { WorkModule } from '../work/work.module.ts';
import { EnvironmentController } from './environment.controller.ts';
import { GetServiceEnv } from './get-service-env.ts';
import { SaveServiceEnv } from './save-service-env.ts';
import { SavedVariableStore } from './saved-variable.store.ts';

@Module({
  imports: [CatalogModule, ProjectsModule, StoreModule, WorkModule],
  controllers: [EnvironmentController],
  providers: [
    GetServiceEnv,
    SaveServiceEnv,
    {
      provide: ForgetRemovedClusters,
      useFactory: (...args: ConstructorParameters<typeof ForgetRemovedClusters>) => new ForgetRemovedClusters(...args),
      inject: [SavedVariableStore, BusConnection, EventBus, RpcCaller, LOGGER],
    },
  ],
})
export class EnvironmentModule {}
