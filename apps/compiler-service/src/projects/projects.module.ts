import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { WorkModule } from '../work/work.module.ts';
import { CompileProject } from './compile-project.ts';
import { GatherInputs } from './gathering.ts';
import { ProjectVariables } from './project-variables.ts';
import { ProjectsController } from './projects.controller.ts';

@Module({
  imports: [CatalogModule, StoreModule, WorkModule],
  controllers: [ProjectsController],
  providers: [CompileProject, GatherInputs, ProjectVariables],
  exports: [GatherInputs],
})
export class ProjectsModule {}
