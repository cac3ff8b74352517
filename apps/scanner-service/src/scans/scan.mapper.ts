import type { InfraScanData } from '@ushadow/contracts';
import type { InfraResult } from '@ushadow/scan';
import type { Scan } from './scan.ts';

/** More scans than this would not fit one message in full (NATS carries 1 MiB). */
const FULL_MAX = 100;

/** Scans as they are sent; what counts as old is a setting. */
export class ScanMapper {
  constructor(
    private readonly staleAfterMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Many scans at once: beyond 100, types that were not found are left out. */
  toContracts(scans: readonly Scan[]): InfraScanData[] {
    const all = scans.map((scan) => this.toContract(scan));
    return all.length <= FULL_MAX ? all : all.map(onlyFound);
  }

  /** Entries are kept as they are sent; the schema copies them, so that only its fields leave. */
  toContract(scan: Scan): InfraScanData {
    return {
      cluster_id: scan.clusterId,
      namespace: scan.namespace,
      infra_services: Object.fromEntries(
        Object.entries(scan.infra).map(([type, result]) => [type, toContractResult(result)]),
      ),
      scanned_at: scan.scannedAt.toISOString(),
      stale: this.now() - scan.scannedAt.getTime() > this.staleAfterMs,
      notes: [...scan.notes],
      error: scan.error,
    };
  }
}

function onlyFound(scan: InfraScanData): InfraScanData {
  const found = Object.entries(scan.infra_services).filter(([, result]) => result.found);
  return { ...scan, infra_services: Object.fromEntries(found) };
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
