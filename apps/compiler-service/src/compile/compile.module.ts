import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { ProjectsModule } from '../projects/projects.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { WorkModule } from '../work/work.module.ts';
import { CompileController } from './compile.controller.ts';
import { PreviewService } from './preview-service.ts';

@Module({
  imports: [CatalogModule, ProjectsModule, StoreModule, WorkModule],
  controllers: [CompileController],
  providers: [PreviewService],
})
export class CompileModule {}
