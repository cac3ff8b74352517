import { Injectable } from '@nestjs/common';
import { DomainError, events, type InputOf, type operations } from '@ushadow/contracts';
import { EventBus } from '@ushadow/messaging';
import { scanServices } from '@ushadow/scan';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterAccess } from '../clusters/cluster-access.ts';
import { listObjects } from './list-objects.ts';
import { ScanStore } from './scan.store.ts';
import type { Scan } from './scan.ts';
import { toScanFailure } from './to-scan-failure.ts';

/** Looks at a namespace and keeps what it found. A failed look changes nothing but the note of its failure. */
@Injectable()
export class ScanInfra {
  constructor(
    private readonly clusters: ClusterAccess,
    private readonly store: ScanStore,
    private readonly bus: EventBus,
  ) {}

  async run(input: InputOf<typeof operations.scanInfra>): Promise<Scan> {
    const { cluster_id: clusterId } = input;
    let { namespace } = input;
    try {
      const cluster = await this.clusters.open(clusterId);
      namespace ??= cluster.namespace;
      return await this.scan(cluster.transport, clusterId, namespace);
    } catch (error) {
      const failed = toScanFailure(error, namespace ?? '');
      if (namespace !== undefined) await this.noteFailure(clusterId, namespace, failed);
      throw failed;
    }
  }

  private async scan(transport: KubernetesTransport, clusterId: string, namespace: string): Promise<Scan> {
    try {
      const scan = await look(transport, clusterId, namespace);
      await this.store.save(scan);
      this.announce(scan);
      return { ...scan, error: null };
    } finally {
      await transport.close();
    }
  }

  private async noteFailure(clusterId: string, namespace: string, failed: unknown): Promise<void> {
    if (!(failed instanceof DomainError) || failed.code === 'CLUSTER_NOT_FOUND') return;
    await this.store.noteFailure(clusterId, namespace, failed.message, new Date());
  }

  private announce({ clusterId, namespace, infra }: Omit<Scan, 'error'>): void {
    const found = Object.values(infra)
      .filter((result) => result.found)
      .map((result) => result.type);
    this.bus.announce(events.scanCompleted, { cluster_id: clusterId, namespace, found });
  }
}

async function look(
  transport: KubernetesTransport,
  clusterId: string,
  namespace: string,
): Promise<Omit<Scan, 'error'>> {
  const scannedAt = new Date();
  const { notes, ...objects } = await listObjects(transport, namespace);
  const { infra, problems } = scanServices(objects);
  const unread = problems.map(({ service, message }) => `Service ${service} could not be read: ${message}`);
  const missing = objects.services.length === 0 && !(await namespaceExists(transport, namespace));
  const absent = missing ? [`there is no namespace ${namespace} in this cluster`] : [];
  return { clusterId, namespace, infra, notes: [...absent, ...notes, ...unread], scannedAt };
}

/** True also when it may not be asked. */
async function namespaceExists(transport: KubernetesTransport, name: string): Promise<boolean> {
  try {
    return (await transport.get({ group: '', version: 'v1', kind: 'Namespace', name })) !== undefined;
  } catch {
    return true;
  }
}
