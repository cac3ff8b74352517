import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ForgetUnused } from './forget-unused.ts';
import { UploadProject } from './upload-project.ts';
import { UploadsController } from './uploads.controller.ts';

@Module({
  imports: [CatalogModule, StoreModule],
  controllers: [UploadsController],
  providers: [ForgetUnused, UploadProject],
  exports: [UploadProject],
})
export class UploadsModule {}
