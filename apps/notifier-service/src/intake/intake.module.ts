import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.ts';
import { StoreModule } from '../store/store.module.ts';
import { ClusterStateStore } from './cluster-state.store.ts';
import { ClusterWatch } from './cluster-watch.ts';
import { DeploymentIntake } from './deployment-intake.ts';
import { DriftWatch } from './drift-watch.ts';
import { ForgetRemoved } from './forget-removed.ts';
import { RemovedStore } from './removed.store.ts';

/** Where what is told comes from: the deployer's audit, what it finds of drift, and the clusters. */
@Module({
  imports: [DeliveriesModule, StoreModule],
  providers: [ClusterStateStore, ClusterWatch, DeploymentIntake, DriftWatch, ForgetRemoved, RemovedStore],
})
export class IntakeModule {}
