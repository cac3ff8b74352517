import { createHash } from 'node:crypto';
import type { ClusterConnection } from '@ushadow/kubernetes';

/** Which API server a registration stands for, as opaque texts. */
export interface ClusterIdentity {
  /** By the uid of `kube-system`, else by the endpoint; null until the API server has been reached. */
  readonly identity: string | null;
  /** By URL and CA; null until the connection has been read. */
  readonly endpoint: string | null;
}

const BY_UID = 'u';
const BY_ENDPOINT = 'e';

export function endpointOf({ server, caData }: ClusterConnection): string {
  // The same certificates, however their lines are broken.
  const ca = caData === undefined ? null : Buffer.from(caData, 'base64').toString('utf8').replaceAll(/\s+/g, '');
  return digest(JSON.stringify([new URL(server).href.replace(/\/+$/, ''), ca]));
}

/** What one check of an API server finds out about it. */
export function identityOf(endpoint: string, { status, systemUid }: Seen): ClusterIdentity {
  if (status !== 'connected') return { identity: null, endpoint };
  return { identity: systemUid === null ? byEndpoint(endpoint) : BY_UID + digest(systemUid), endpoint };
}

/** What stands for the uid where it may not be read. */
export function byEndpoint(endpoint: string): string {
  return BY_ENDPOINT + endpoint;
}

interface Seen {
  readonly status: string;
  readonly systemUid: string | null;
}

/**
 * What is known after another check. A check that saw less, at the same endpoint, takes nothing away: neither an API server
 * that is away nor a credential with fewer rights makes it another cluster.
 */
export function refined(known: ClusterIdentity, seen: ClusterIdentity): ClusterIdentity {
  if (known.endpoint !== seen.endpoint || isByUid(seen)) return seen;
  return isByUid(known) || seen.identity === null ? known : seen;
}

/** Two uids decide; where one of them is not known, the endpoint does. */
export function isSameCluster(one: ClusterIdentity, other: ClusterIdentity): boolean {
  if (one.identity !== null && one.identity === other.identity) return true;
  return one.endpoint !== null && one.endpoint === other.endpoint && !(isByUid(one) && isByUid(other));
}

export function isByUid({ identity }: ClusterIdentity): boolean {
  return identity?.startsWith(BY_UID) ?? false;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

/** 128 bits. */
const DIGEST_LENGTH = 32;
