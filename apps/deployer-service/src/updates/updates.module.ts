import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { CompileProject } from './compile-project.ts';
import { CompileWithRoutes } from './routing/compile-with-routes.ts';
import { ClusterRoutes } from './routing/cluster-routes.ts';
import { RoutingController } from './routing/routing.controller.ts';
import { EngineOptionsBuilder } from './engine-options.ts';
import { PrepareUpdate } from './prepare-update.ts';
import { PullSecrets } from './pull-secrets.ts';

/** What a request makes of its stack: compiled, placed, and with the engine's options. */
@Module({
  imports: [StoreModule, ClustersModule],
  controllers: [RoutingController],
  providers: [ClusterRoutes, CompileProject, CompileWithRoutes, EngineOptionsBuilder, PrepareUpdate, PullSecrets],
  exports: [CompileProject, EngineOptionsBuilder, PrepareUpdate, PullSecrets],
})
export class UpdatesModule {}
