import type { InfraResult } from '@ushadow/scan';

/** The last good look at a namespace of a cluster. */
export interface Scan {
  readonly clusterId: string;
  readonly namespace: string;
  readonly infra: Readonly<Record<string, InfraResult>>;
  /** What could not be looked at. */
  readonly notes: readonly string[];
  readonly scannedAt: Date;
  /** Why a later attempt failed. */
  readonly error: string | null;
}
