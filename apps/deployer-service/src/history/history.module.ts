import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { PlanMakingModule } from '../plans/plan-making.module.ts';
import { RegistryModule } from '../registry/registry.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { HistoryController } from './history.controller.ts';
import { DiffRevisions } from './diff-revisions.ts';
import { GetHistory } from './get-history.ts';
import { OpenRevision } from './open-revision.ts';
import { PlanRollback } from './plan-rollback.ts';
import { Rollback } from './rollback.ts';
import { RollbackTarget } from './rollback-target.ts';
import { TagRevision } from './tag-revision.ts';
import { TagStore } from './tag.store.ts';
import { WhatIsGone } from './what-is-gone.ts';

@Module({
  imports: [ClustersModule, DeploymentsModule, PlanMakingModule, RegistryModule, StoreModule, UpdatesModule],
  controllers: [HistoryController],
  providers: [
    DiffRevisions,
    GetHistory,
    OpenRevision,
    PlanRollback,
    Rollback,
    RollbackTarget,
    TagRevision,
    TagStore,
    WhatIsGone,
  ],
  exports: [OpenRevision, PlanRollback],
})
export class HistoryModule {}
