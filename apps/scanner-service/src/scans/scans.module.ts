import { Module } from '@nestjs/common';
import { BusConnection, EventBus, ForgetRemovedClusters, RpcCaller } from '@ushadow/messaging';
import { CONFIG, LOGGER } from '@ushadow/service';
import { ClusterAccess } from '../clusters/cluster-access.ts';
import type { ScannerConfig } from '../config.ts';
import { KeepScans } from './keep-scans.ts';
import { RunScan } from './run-scan.ts';
import { ScanInfra } from './scan-infra.ts';
import { ScanNamespaces } from './scan-namespaces.ts';
import { ScanMapper } from './scan.mapper.ts';
import { ScanStore } from './scan.store.ts';
import { ScansController } from './scans.controller.ts';

@Module({
  controllers: [ScansController],
  providers: [
    ClusterAccess,
    KeepScans,
    ScanInfra,
    ScanNamespaces,
    ScanStore,
    {
      provide: ScanMapper,
      useFactory: ({ SCAN_STALE_AFTER_SECONDS }: ScannerConfig) => new ScanMapper(SCAN_STALE_AFTER_SECONDS * 1_000),
      inject: [CONFIG],
    },
    {
      provide: RunScan,
      useFactory: (clusters: ClusterAccess, keep: KeepScans, bus: EventBus, { SCAN_TIMEOUT_SECONDS }: ScannerConfig) =>
        new RunScan(clusters, keep, bus, SCAN_TIMEOUT_SECONDS * 1_000),
      inject: [ClusterAccess, KeepScans, EventBus, CONFIG],
    },
    {
      provide: ForgetRemovedClusters,
      useFactory: (...args: ConstructorParameters<typeof ForgetRemovedClusters>) => new ForgetRemovedClusters(...args),
      inject: [ScanStore, BusConnection, EventBus, RpcCaller, LOGGER],
    },
  ],
})
export class ScansModule {}
