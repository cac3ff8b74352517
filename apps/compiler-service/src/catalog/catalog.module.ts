import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import { podPolicy, type CompilerConfig } from '../config.ts';
import { InstallationKeys } from '../keys/installation-keys.ts';
import { StoreModule } from '../store/store.module.ts';
import { UploadedProjects } from '../uploads/uploaded-projects.ts';
import { WorkModule } from '../work/work.module.ts';
import { Workers } from '../work/workers.ts';
import { CatalogLifecycle } from './catalog-lifecycle.ts';
import { CatalogController } from './catalog.controller.ts';
import { Catalog } from './catalog.ts';
import { GetProject } from './get-project.ts';
import { ListInfraServices } from './list-infra-services.ts';
import { ListProjects } from './list-projects.ts';
import { ListServices } from './list-services.ts';
import { readVariables } from './read-variables.ts';

/** The projects of the Compose files and of uploads. */
@Module({
  imports: [StoreModule, WorkModule],
  controllers: [CatalogController],
  providers: [
    {
      provide: Catalog,
      useFactory: (config: CompilerConfig, keys: InstallationKeys, uploads: UploadedProjects, workers: Workers) =>
        new Catalog({
          root: config.COMPOSE_DIR,
          policy: podPolicy(config),
          digestKey: keys.files,
          variables: readVariables(config.COMPOSE_ENV_FILE),
          uploads,
          workers,
        }),
      inject: [CONFIG, InstallationKeys, UploadedProjects, Workers],
    },
    CatalogLifecycle,
    GetProject,
    ListInfraServices,
    ListProjects,
    ListServices,
    UploadedProjects,
  ],
  exports: [Catalog],
})
export class CatalogModule {}
