import type { InfraResult } from '@ushadow/scan';

/** The last good scan of a namespace of a cluster. */
export interface Scan {
  readonly clusterId: string;
  readonly namespace: string;
  readonly infra: Readonly<Record<string, InfraResult>>;
  /** What could not be read. */
  readonly notes: readonly string[];
  readonly scannedAt: Date;
  /** Why a later attempt failed. */
  readonly error: string | null;
}
