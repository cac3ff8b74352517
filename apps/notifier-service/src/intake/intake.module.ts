import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ClusterStateStore } from './cluster-state.store.ts';
import { ClusterWatch } from './cluster-watch.ts';
import { DeploymentIntake } from './deployment-intake.ts';

/** Where what is told comes from: the deployer's audit, and the clusters. */
@Module({
  imports: [DeliveriesModule, StoreModule],
  providers: [ClusterStateStore, ClusterWatch, DeploymentIntake],
})
export class IntakeModule {}
