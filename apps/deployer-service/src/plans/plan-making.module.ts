import { Module } from '@nestjs/common';
import { ClustersModule } from '../clusters/clusters.module.ts';
import { DeploymentsModule } from '../deployments/deployments.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { UpdatesModule } from '../updates/updates.module.ts';
import { ApplyPlan } from './apply-plan.ts';
import { AskCluster } from './ask-cluster.ts';
import { MakePlan } from './make-plan.ts';

/** Making plans and applying them, of whatever kind. */
@Module({
  imports: [ClustersModule, DeploymentsModule, StoreModule, UpdatesModule],
  providers: [ApplyPlan, AskCluster, MakePlan],
  exports: [ApplyPlan, AskCluster, MakePlan],
})
export class PlanMakingModule {}
