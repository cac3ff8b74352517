import { Injectable } from '@nestjs/common';
import { DomainError, events } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { scanServices } from '@ushadow/scan';
import type { ListedObjects } from './list-objects.ts';
import { ScanStore } from './scan.store.ts';
import type { Scan } from './scan.ts';

export interface LookedAt {
  readonly clusterId: string;
  readonly namespace: string;
  readonly scannedAt: Date;
}

/** Turns what was listed into a kept result, and says so. A failure is noted beside the last good one. */
@Injectable()
export class KeepScan {
  constructor(
    private readonly store: ScanStore,
    private readonly bus: EventBus,
  ) {}

  async result(place: LookedAt, { notes, ...objects }: ListedObjects): Promise<Scan> {
    const { infra, problems } = scanServices(objects);
    const unread = problems.map(({ service, message }) => `Service ${service} could not be read: ${message}`);
    const scan = { ...place, infra, notes: [...notes, ...unread] };
    await this.store.save(scan);
    const found = Object.values(infra)
      .filter((result) => result.found)
      .map((result) => result.type);
    this.bus.announce(events.scanCompleted, { cluster_id: place.clusterId, namespace: place.namespace, found });
    return { ...scan, error: null };
  }

  async failure(clusterId: string, namespace: string, failed: unknown): Promise<void> {
    if (!(failed instanceof DomainError) || failed.code === 'CLUSTER_NOT_FOUND') return;
    await this.store.noteFailure(clusterId, namespace, failed.message, new Date());
  }
}
