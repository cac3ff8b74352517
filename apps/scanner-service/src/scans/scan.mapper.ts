import type { InfraScanData } from '@ushadow/contracts';
import type { InfraResult } from '@ushadow/scan';
import type { Scan } from './scan.ts';

/** Entries are kept as they are sent; the schema copies them, so that only its fields leave. */
export function toContract(scan: Scan): InfraScanData {
  return {
    cluster_id: scan.clusterId,
    namespace: scan.namespace,
    infra_services: Object.fromEntries(
      Object.entries(scan.infra).map(([type, result]) => [type, toContractResult(result)]),
    ),
    scanned_at: scan.scannedAt.toISOString(),
    notes: [...scan.notes],
    error: scan.error,
  };
}

function toContractResult(result: InfraResult): InfraScanData['infra_services'][string] {
  return {
    ...result,
    endpoints: [...result.endpoints],
    ports: [...result.ports],
    secret_refs: [...result.secret_refs],
    alternatives: result.alternatives.map((one) => ({ ...one, endpoints: [...one.endpoints] })),
  };
}
