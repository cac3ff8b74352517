export type ClusterStatus = 'connected' | 'unreachable' | 'unauthorized';

/** What one check of a cluster showed. */
export interface ConnectionCheck {
  readonly status: ClusterStatus;
  /** Stable word for programs; null when all is well. */
  readonly cause: CheckCause | null;
  /** For people: why, and what to do. */
  readonly reason: string | null;
  readonly version: string | null;
  /** Null when it could not be seen. */
  readonly nodeCount: number | null;
  /** Of the namespace `kube-system`, which lives as long as its cluster; null when it could not be seen. */
  readonly systemUid: string | null;
}

export type CheckCause =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'unauthorized'
  | 'forbidden'
  | 'overloaded'
  | 'lost'
  | 'not-kubernetes'
  /** The host resolves to an address this installation does not connect to. */
  | 'address-forbidden'
  /** What is stored cannot be decrypted. */
  | 'credential-unreadable';

/** A check that did not even begin, or failed. */
export function failedCheck(status: ClusterStatus, cause: CheckCause, reason: string): ConnectionCheck {
  return { status, cause, reason, version: null, nodeCount: null, systemUid: null };
}
