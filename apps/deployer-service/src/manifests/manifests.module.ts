import { Module } from '@nestjs/common';
import { HistoryModule } from '../history/history.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ManifestsController } from './manifests.controller.ts';
import { ShowManifests } from './show-manifests.ts';

@Module({
  imports: [HistoryModule, StoreModule],
  controllers: [ManifestsController],
  providers: [ShowManifests],
})
export class ManifestsModule {}
