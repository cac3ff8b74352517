import { Injectable } from '@nestjs/common';
import { DomainError, events } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { recognise } from '@ushadow/scan';
import type { NamespaceReading } from './read-namespaces.ts';
import { ScanStore } from './scan.store.ts';
import type { Scan } from './scan.ts';

/** Namespaces judged and stored at a time. */
const BATCH = 50;

/** Turns what was seen into kept results, and says so. A failure is noted beside the last good result. */
@Injectable()
export class KeepScans {
  constructor(
    private readonly store: ScanStore,
    private readonly bus: EventBus,
  ) {}

  async results(
    clusterId: string,
    scannedAt: Date,
    readings: readonly (readonly [namespace: string, reading: NamespaceReading])[],
  ): Promise<readonly Scan[]> {
    const scans: Scan[] = [];
    for (let from = 0; from < readings.length; from += BATCH) {
      const batch = readings
        .slice(from, from + BATCH)
        .map(([namespace, reading]) => judge({ clusterId, namespace, scannedAt }, reading));
      await this.store.save(batch);
      batch.forEach((scan) => this.announce(scan));
      scans.push(...batch);
    }
    return scans;
  }

  /** Notes failures of scans; that a cluster is unknown is none. */
  async failures(
    clusterId: string,
    failed: readonly (readonly [namespace: string, failure: DomainError])[],
  ): Promise<void> {
    const noted = failed.filter(([, { code }]) => code !== 'CLUSTER_NOT_FOUND');
    const texts = noted.map(([namespace, { message }]) => ({ namespace, error: message }));
    await this.store.noteFailures(clusterId, texts, new Date());
  }

  private announce({ clusterId, namespace, infra }: Scan): void {
    const found = Object.values(infra)
      .filter((result) => result.found)
      .map((result) => result.type);
    this.bus.announce(events.scanCompleted, { cluster_id: clusterId, namespace, found });
  }
}

function judge(place: Pick<Scan, 'clusterId' | 'namespace' | 'scannedAt'>, { views, notes }: NamespaceReading): Scan {
  const { infra, problems } = recognise(views);
  const unread = problems.map(({ service, message }) => `Service ${service} could not be read: ${message}`);
  return { ...place, infra, notes: [...notes, ...unread], error: null };
}
