import { Injectable } from '@nestjs/common';
import type { InputOf, operations } from '@ushadow/contracts';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterAccess } from '../clusters/cluster-access.ts';
import { KeepScan } from './keep-scan.ts';
import { listObjects, type ListedObjects } from './list-objects.ts';
import type { Scan } from './scan.ts';
import { toScanFailure } from './to-scan-failure.ts';

/** Looks at one namespace and keeps what it found. A failed look changes nothing but the note of its failure. */
@Injectable()
export class ScanInfra {
  constructor(
    private readonly clusters: ClusterAccess,
    private readonly keep: KeepScan,
  ) {}

  async run(input: InputOf<typeof operations.scanInfra>): Promise<Scan> {
    const { cluster_id: clusterId } = input;
    let { namespace } = input;
    try {
      const cluster = await this.clusters.open(clusterId);
      namespace ??= cluster.namespace;
      return await this.scan(cluster.transport, clusterId, namespace);
    } catch (error) {
      const failed = toScanFailure(error, namespace);
      if (namespace !== undefined) await this.keep.failure(clusterId, namespace, failed);
      throw failed;
    }
  }

  private async scan(transport: KubernetesTransport, clusterId: string, namespace: string): Promise<Scan> {
    try {
      const scannedAt = new Date();
      return await this.keep.result({ clusterId, namespace, scannedAt }, await listNamespace(transport, namespace));
    } finally {
      await transport.close();
    }
  }
}

async function listNamespace(transport: KubernetesTransport, namespace: string): Promise<ListedObjects> {
  const objects = await listObjects(transport, namespace);
  if (objects.services.length > 0 || (await namespaceExists(transport, namespace))) return objects;
  return { ...objects, notes: [`there is no namespace ${namespace} in this cluster`, ...objects.notes] };
}

/** True also when it may not be asked. */
async function namespaceExists(transport: KubernetesTransport, name: string): Promise<boolean> {
  try {
    return (await transport.get({ group: '', version: 'v1', kind: 'Namespace', name })) !== undefined;
  } catch {
    return true;
  }
}
