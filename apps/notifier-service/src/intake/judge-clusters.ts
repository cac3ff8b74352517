import type { ClusterData } from '@ushadow/contracts';
import type { Told } from '../deliveries/delivery-queue.store.ts';
import { expiryOf, fromClusterStatus, fromCredential } from '../notifications/from-cluster.ts';
import type { ClusterState } from './cluster-state.store.ts';

export interface Judging {
  readonly now: Date;
  readonly publicUrl: string;
  /** Days before its end from which a credential expires soon. */
  readonly soonDays: number;
}

/**
 * What is to be told of clusters, given what was told. A cluster that nobody was told of yet is taken as it is; an event has
 * the same id whoever finds it.
 */
export function judgeClusters(
  clusters: readonly ClusterData[],
  known: ReadonlyMap<string, ClusterState>,
  judging: Judging,
): { readonly states: readonly ClusterState[]; readonly told: readonly Told[] } {
  const judged = clusters.map((cluster) => judgeOne(cluster, known.get(cluster.cluster_id), judging));
  return { states: judged.map(({ state }) => state), told: judged.flatMap(({ told }) => told) };
}

function judgeOne(cluster: ClusterData, before: ClusterState | undefined, judging: Judging) {
  const { now, publicUrl } = judging;
  const { cluster_id: id, name, status } = cluster;
  const statusSince = new Date(cluster.status_since);
  const told: Told[] = [];
  if (before !== undefined && before.status !== status) {
    const eventId = `cluster ${id} ${status} ${cluster.status_since}`;
    told.push({ eventId, at: now, notification: fromClusterStatus(cluster, publicUrl) });
  }
  const expiryTold = tellExpiry(cluster, before?.expiryTold ?? null, judging, told);
  return { state: { id, name, status, statusSince, expiryTold }, told };
}

function tellExpiry(
  { cluster_id, name, credential_expires_at: text }: ClusterData,
  before: string | null,
  { now, publicUrl, soonDays }: Judging,
  told: Told[],
): string | null {
  if (text === null) return null;
  const expiresAt = new Date(text);
  const expiry = expiryOf(expiresAt, now, soonDays);
  if (expiry === undefined) return null;
  const mark = `${expiry} ${text}`;
  if (mark !== before) {
    const notification = fromCredential({ cluster_id, name, expiresAt }, expiry, now, publicUrl);
    told.push({ eventId: `credential ${cluster_id} ${mark}`, at: now, notification });
  }
  return mark;
}
