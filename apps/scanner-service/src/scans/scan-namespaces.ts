import { Injectable } from '@nestjs/common';
import { DomainError, type InputOf, type operations } from '@ushadow/contracts';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { ClusterAccess } from '../clusters/cluster-access.ts';
import { KeepScan } from './keep-scan.ts';
import { byNamespace, isForbidden, listObjects, type ListedObjects } from './list-objects.ts';
import type { Scan } from './scan.ts';
import { toScanFailure } from './to-scan-failure.ts';

export interface NamespaceScans {
  readonly scans: readonly Scan[];
  readonly failed: readonly { readonly namespace: string; readonly code: string; readonly message: string }[];
}

type Listed = ListedObjects | DomainError;

const CONCURRENCY = 8;
const nothing: ListedObjects = { services: [], endpointSlices: [], pods: [], workloads: [], nodes: [], notes: [] };

/** Looks at many namespaces: with one list per kind where the whole cluster may be listed, else namespace by namespace. */
@Injectable()
export class ScanNamespaces {
  constructor(
    private readonly clusters: ClusterAccess,
    private readonly keep: KeepScan,
  ) {}

  async run(input: InputOf<typeof operations.scanNamespaces>): Promise<NamespaceScans> {
    const { cluster_id: clusterId, namespaces } = input;
    const { transport } = await this.clusters.open(clusterId);
    try {
      const scannedAt = new Date();
      const listed = await listAll(transport, namespaces);
      const scans: Scan[] = [];
      const failed: { namespace: string; code: string; message: string }[] = [];
      for (const [namespace, objects] of listed) {
        if (objects instanceof DomainError) {
          await this.keep.failure(clusterId, namespace, objects);
          failed.push({ namespace, code: objects.code, message: objects.message });
        } else scans.push(await this.keep.result({ clusterId, namespace, scannedAt }, objects));
      }
      return { scans, failed };
    } catch (error) {
      throw toScanFailure(error, undefined);
    } finally {
      await transport.close();
    }
  }
}

async function listAll(
  transport: KubernetesTransport,
  wanted: readonly string[] | undefined,
): Promise<ReadonlyMap<string, Listed>> {
  try {
    const all = byNamespace(await listObjects(transport));
    const names = [...new Set(wanted ?? [...all.keys()].sort())];
    return new Map(names.map((name) => [name, all.get(name) ?? nothing]));
  } catch (error) {
    if (wanted === undefined || !isForbidden(error)) throw error;
    return listEach(transport, [...new Set(wanted)]);
  }
}

/** A namespace that may not be seen does not keep the others from being scanned. */
async function listEach(
  transport: KubernetesTransport,
  names: readonly string[],
): Promise<ReadonlyMap<string, Listed>> {
  const queue = [...names];
  const listed = new Map<string, Listed>(names.map((name) => [name, nothing]));
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      listed.set(name, await listOne(transport, name));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return listed;
}

async function listOne(transport: KubernetesTransport, namespace: string): Promise<Listed> {
  try {
    return await listObjects(transport, namespace);
  } catch (error) {
    const failed = toScanFailure(error, namespace);
    if (failed instanceof DomainError) return failed;
    throw failed;
  }
}
