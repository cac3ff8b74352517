import type { ClusterPolicies, ClusterRoutingData } from '@ushadow/contracts';
import type { AcceptedUpload } from '../check/accept-upload.ts';
import type { ClusterStatus } from '../check/connection-check.ts';

/** A registered cluster without its credential. */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly routing: ClusterRoutingData;
  readonly policies: ClusterPolicies;
  readonly status: ClusterStatus;
  readonly statusReason: string | null;
  readonly statusSince: Date;
  readonly checkedAt: Date;
  readonly version: string | null;
  readonly nodeCount: number | null;
  readonly credentialExpiresAt: Date | null;
  /** Which API server it is; null until it has been reached. */
  readonly identity: string | null;
  /** Ids of other registrations of the same API server. */
  readonly sameAs: readonly string[];
  readonly createdAt: Date;
}

/** A cluster whose credential has just been taken over. */
export interface RegisteredCluster extends Pick<AcceptedUpload, 'permissions' | 'warnings'> {
  readonly cluster: Cluster;
}

/** Where deployments go unless they say otherwise (R65, D10). */
export const DEFAULT_NAMESPACE = 'ushadow';

export interface StoredCredential {
  readonly clusterId: string;
  readonly name: string;
  readonly namespace: string;
  /** Envelope-encrypted connection record. */
  readonly credential: string;
  readonly credentialVersion: number;
}
