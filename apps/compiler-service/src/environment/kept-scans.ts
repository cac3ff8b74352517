import { DomainError, operations } from '@ushadow/contracts';
import type { ScannedNamespace } from '@ushadow/environment';
import type { RpcCaller } from '@ushadow/messaging';
import type { Place } from './place.ts';

export interface KeptScans {
  /** The service's own namespace first. */
  readonly scans: readonly ScannedNamespace[];
  /** Why the scanner could not be asked; what it knows is then not "nothing". */
  readonly unavailable: DomainError | undefined;
}

/** What the scanner knows of a cluster. */
export async function keptScans(caller: RpcCaller, place: Place | undefined): Promise<KeptScans> {
  if (place === undefined) return { scans: [], unavailable: undefined };
  try {
    const scans = await caller.call(operations.listScans, { cluster_id: place.clusterId });
    const isOwn = ({ namespace }: { namespace: string }) => Number(namespace === place.namespace);
    return {
      scans: scans
        .toSorted((a, b) => isOwn(b) - isOwn(a))
        .map(({ namespace, infra_services: infra }) => ({ namespace, infra })),
      unavailable: undefined,
    };
  } catch (error) {
    if (error instanceof DomainError) return { scans: [], unavailable: error };
    throw error;
  }
}
