import type { InfraScanData } from '@ushadow/contracts';
import type { InfraResult } from '@ushadow/scan';
import type { Scan } from './scan.ts';

/** More scans than this would not fit one message in full. */
const FULL_MAX = 100;
/** NATS carries 1 MiB. */
const MESSAGE_MAX_CHARACTERS = 900_000;

/** Scans as they are sent; what counts as old is a setting. */
export class ScanMapper {
  constructor(
    private readonly staleAfterMs: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Many scans in one message: what does not fit is left out, types that were not found first, then alternatives. */
  toContracts(scans: readonly Scan[]): InfraScanData[] {
    const full = scans.map((scan) => this.toContract(scan));
    if (full.length <= FULL_MAX && fits(full)) return full;
    const found = full.map(onlyFound);
    return fits(found) ? found : found.map(withoutAlternatives);
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

const fits = (scans: readonly InfraScanData[]) => JSON.stringify(scans).length <= MESSAGE_MAX_CHARACTERS;

function withoutAlternatives(scan: InfraScanData): InfraScanData {
  const results = Object.entries(scan.infra_services).map(([type, result]) => [type, { ...result, alternatives: [] }]);
  return { ...scan, infra_services: Object.fromEntries(results) as InfraScanData['infra_services'] };
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
