import { Module } from '@nestjs/common';
import type { Logger } from '@ushadow/observability';
import { CONFIG, LOGGER } from '@ushadow/service';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { podPolicy, type CompilerConfig } from '../config.ts';
import { StoreModule } from '../store/store.module.ts';
import { UploadsModule } from '../uploads/uploads.module.ts';
import { WorkModule } from '../work/work.module.ts';
import { Workers } from '../work/workers.ts';
import { Gallery } from './gallery.ts';
import { GalleryLifecycle } from './gallery-lifecycle.ts';
import { GetTemplate } from './get-template.ts';
import { ListTemplates } from './list-templates.ts';
import { TemplatesController } from './templates.controller.ts';
import { UseTemplate } from './use-template.ts';

/** The operator's templates of other platforms, and the projects that are made of them. */
@Module({
  imports: [CatalogModule, StoreModule, UploadsModule, WorkModule],
  controllers: [TemplatesController],
  providers: [
    {
      provide: Gallery,
      useFactory: (config: CompilerConfig, workers: Workers, logger: Logger) =>
        new Gallery({
          folders: config.TEMPLATES_DIR,
          policy: podPolicy(config),
          workers,
          onFailure: (template, error) => {
            logger.error({ err: error, template }, 'a template could not be checked');
          },
        }),
      inject: [CONFIG, Workers, LOGGER],
    },
    GalleryLifecycle,
    GetTemplate,
    ListTemplates,
    UseTemplate,
  ],
})
export class TemplatesModule {}
