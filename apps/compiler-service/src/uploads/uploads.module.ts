import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { DeleteUpload } from './delete-upload.ts';
import { ForgetUnused } from './forget-unused.ts';
import { UploadProject } from './upload-project.ts';
import { UploadsController } from './uploads.controller.ts';

@Module({
  imports: [CatalogModule, StoreModule],
  controllers: [UploadsController],
  providers: [DeleteUpload, ForgetUnused, UploadProject],
  exports: [UploadProject],
})
export class UploadsModule {}
