import { Module } from '@nestjs/common';
import { StoreModule } from '../store/store.module.ts';
import { ExportManifests } from './export-manifests.ts';

/** The operator's folder of manifests, for whoever ends deployments. */
@Module({ imports: [StoreModule], providers: [ExportManifests], exports: [ExportManifests] })
export class ManifestExportModule {}
