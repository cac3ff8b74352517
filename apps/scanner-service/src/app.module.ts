import { Module, type DynamicModule } from '@nestjs/common';
import {
  AuditModule,
  BusConnection,
  EventBus,
  ForgetRemovedClusters,
  MessagingModule,
  RpcCaller,
  type BusOptions,
} from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import { AuditController } from './audit/audit.controller.ts';
import { ClusterAccess } from './clusters/cluster-access.ts';
import type { ScannerConfig } from './config.ts';
import { KeepScans } from './scans/keep-scans.ts';
import { RunScan } from './scans/run-scan.ts';
import { ScanInfra } from './scans/scan-infra.ts';
import { ScanNamespaces } from './scans/scan-namespaces.ts';
import { ScanMapper } from './scans/scan.mapper.ts';
import { ScanStore } from './scans/scan.store.ts';
import { ScansController } from './scans/scans.controller.ts';
import type { Database } from './store/database.store.ts';

export interface Resources {
  readonly config: ScannerConfig;
  readonly bus: BusOptions;
  readonly database: Database;
  readonly trail: AuditTrail;
  readonly logger: Logger;
}

@Module({})
export class AppModule {
  static forRoot({ config, bus, database, trail, logger }: Resources): DynamicModule {
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot(bus), AuditModule.forRoot({ trail, logger })],
      controllers: [AuditController, ScansController],
      providers: [
        { provide: ScanStore, useValue: new ScanStore(database, trail) },
        ClusterAccess,
        { provide: ScanMapper, useValue: new ScanMapper(config.SCAN_STALE_AFTER_SECONDS * 1_000) },
        KeepScans,
        {
          provide: RunScan,
          useFactory: (clusters: ClusterAccess, keep: KeepScans, bus: EventBus) =>
            new RunScan(clusters, keep, bus, config.SCAN_TIMEOUT_SECONDS * 1_000),
          inject: [ClusterAccess, KeepScans, EventBus],
        },
        ScanInfra,
        ScanNamespaces,
        {
          provide: ForgetRemovedClusters,
          useFactory: (store: ScanStore, connection: BusConnection, bus: EventBus, rpc: RpcCaller) =>
            new ForgetRemovedClusters(store, connection, bus, rpc, logger),
          inject: [ScanStore, BusConnection, EventBus, RpcCaller],
        },
      ],
    };
  }
}
