import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import { AddressModule } from '../address/address.module.ts';
import type { ClusterConfig } from '../config.ts';
import { ListNodes } from '../nodes/list-nodes.ts';
import { CheckPermissions } from '../permissions/check-permissions.ts';
import { CheckSchedule } from '../status/check-schedule.ts';
import { StatusSweeper } from '../status/status-sweeper.ts';
import { StoreModule } from '../store/store.module.ts';
import { CheckCluster } from './check-cluster.ts';
import { ClustersController } from './clusters.controller.ts';
import { ConnectCluster } from './connect-cluster.ts';
import { DeleteCluster } from './delete-cluster.ts';
import { GetCluster } from './get-cluster.ts';
import { OpenConnection } from './open-connection.ts';
import { RegisterCluster } from './register-cluster.ts';
import { ReplaceCredential } from './replace-credential.ts';
import { UpdateCluster } from './update-cluster.ts';

@Module({
  imports: [AddressModule, StoreModule],
  controllers: [ClustersController],
  providers: [
    {
      provide: CheckSchedule,
      useFactory: ({ STATUS_INTERVAL_SECONDS }: ClusterConfig) => new CheckSchedule(STATUS_INTERVAL_SECONDS),
      inject: [CONFIG],
    },
    CheckCluster,
    CheckPermissions,
    ConnectCluster,
    DeleteCluster,
    GetCluster,
    ListNodes,
    OpenConnection,
    RegisterCluster,
    ReplaceCredential,
    StatusSweeper,
    UpdateCluster,
  ],
  exports: [GetCluster],
})
export class ClustersModule {}
