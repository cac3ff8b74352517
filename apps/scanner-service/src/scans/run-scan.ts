import { Injectable } from '@nestjs/common';
import { DomainError } from '@ushadow/contracts';
import { InFlightLimit } from '@ushadow/kubernetes/transport';
import { EventBus } from '@ushadow/messaging';
import { ClusterAccess, type OpenedCluster } from '../clusters/cluster-access.ts';
import { ClusterReader } from './cluster-reader.ts';
import { KeepScans } from './keep-scans.ts';
import { collectGarbage } from './collect-garbage.ts';
import { readNamespaces, type NamespaceReading } from './read-namespaces.ts';
import { ScanProgress } from './scan-progress.ts';
import type { Scan } from './scan.ts';
import { toScanFailure } from './to-scan-failure.ts';

export interface ScanRun {
  readonly scans: readonly Scan[];
  readonly failed: readonly (readonly [namespace: string, failure: DomainError])[];
}

/** Namespaces by name, the cluster's default one, or all that have Services. */
export type Wanted = readonly string[] | 'default' | 'all';

/** What one scan holds in memory, so many times. */
const SCANS_AT_ONCE = 4;

/** One scan from the connection to the kept results. Throws a DomainError when the cluster as a whole failed. */
@Injectable()
export class RunScan {
  private readonly limit = new InFlightLimit(SCANS_AT_ONCE);

  constructor(
    private readonly clusters: ClusterAccess,
    private readonly keep: KeepScans,
    private readonly bus: EventBus,
    private readonly timeoutMs: number,
  ) {}

  async run(clusterId: string, wanted: Wanted): Promise<ScanRun> {
    try {
      return await this.limit.run(() => this.scan(clusterId, wanted));
    } finally {
      collectGarbage();
    }
  }

  private async scan(clusterId: string, wanted: Wanted): Promise<ScanRun> {
    let names = typeof wanted === 'string' ? undefined : wanted;
    try {
      const cluster = await this.clusters.open(clusterId);
      if (wanted === 'default') names = [cluster.namespace];
      return await this.lookAndKeep(clusterId, cluster, names);
    } catch (error) {
      const failed = toScanFailure(error, names?.length === 1 ? names[0] : undefined);
      await this.keep.failures(clusterId, names?.map((name) => [name, failed]) ?? []);
      throw failed;
    }
  }

  private async lookAndKeep(
    clusterId: string,
    { transport }: OpenedCluster,
    names: readonly string[] | undefined,
  ): Promise<ScanRun> {
    const namespace = names?.length === 1 ? (names[0] ?? null) : null;
    const progress = new ScanProgress(this.bus, { clusterId, namespace });
    const cluster = new ClusterReader(transport, progress, AbortSignal.timeout(this.timeoutMs));
    progress.start();
    try {
      const scannedAt = new Date();
      const run = await this.keepAll(clusterId, scannedAt, await readNamespaces(cluster, names));
      progress.end(run.scans.length === 0 && run.failed.length > 0 ? 'failed' : 'finished');
      return run;
    } catch (error) {
      progress.end('failed');
      throw error;
    } finally {
      await transport.close();
    }
  }

  private async keepAll(
    clusterId: string,
    scannedAt: Date,
    seen: ReadonlyMap<string, NamespaceReading | DomainError>,
  ): Promise<ScanRun> {
    const readings: [string, NamespaceReading][] = [];
    const failed: [string, DomainError][] = [];
    for (const [name, one] of seen) {
      if (one instanceof DomainError) failed.push([name, one]);
      else readings.push([name, one]);
    }
    const scans = await this.keep.results(clusterId, scannedAt, readings);
    await this.keep.failures(clusterId, failed);
    return { scans, failed };
  }
}
