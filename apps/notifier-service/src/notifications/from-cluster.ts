import { clusterTarget, type ClusterData, type NotificationData } from '@ushadow/contracts';

const DAY_MS = 86_400_000;

const words: Readonly<Record<ClusterData['status'], string>> = {
  connected: 'is connected again',
  unreachable: 'cannot be reached',
  unauthorized: 'does not accept its credential',
};

type Known = Pick<ClusterData, 'cluster_id' | 'name' | 'status' | 'status_reason' | 'status_since'>;

export function fromClusterStatus(cluster: Known, publicUrl: string): NotificationData {
  const { name, status, status_reason: reason, status_since: since } = cluster;
  return {
    ...about(cluster, publicUrl),
    type: 'cluster.status-changed',
    severity: status === 'connected' ? 'good' : 'bad',
    title: `Cluster ${name} ${words[status]}`,
    text:
      reason ?? (status === 'connected' ? 'It answers, and accepts its credential.' : 'Nothing is known about why.'),
    facts: [
      { name: 'Cluster', value: name },
      { name: 'Since', value: since },
    ],
    time: since,
  };
}

export interface Expiring extends Pick<ClusterData, 'cluster_id' | 'name'> {
  readonly expiresAt: Date;
}

/** How a credential's end stands: undefined while it is far. */
export function expiryOf(expiresAt: Date, now: Date, soonDays: number): 'expires-soon' | 'expired' | undefined {
  const left = expiresAt.getTime() - now.getTime();
  if (left <= 0) return 'expired';
  return left <= soonDays * DAY_MS ? 'expires-soon' : undefined;
}

export function fromCredential(
  cluster: Expiring,
  expiry: 'expires-soon' | 'expired',
  now: Date,
  publicUrl: string,
): NotificationData {
  const { name, expiresAt } = cluster;
  const days = Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS);
  const isOver = expiry === 'expired';
  return {
    ...about(cluster, publicUrl),
    type: `credential.${expiry}`,
    severity: isOver ? 'bad' : 'warning',
    title: isOver
      ? `The credential of cluster ${name} has expired`
      : `The credential of cluster ${name} expires in ${days === 1 ? 'a day' : `${String(days)} days`}`,
    text: isOver
      ? 'Nothing can be deployed there until it is replaced.'
      : 'Replace it before then: nothing can be deployed there without one.',
    facts: [
      { name: 'Cluster', value: name },
      { name: 'Expires', value: expiresAt.toISOString() },
    ],
    time: now.toISOString(),
  };
}

function about({ cluster_id }: Pick<ClusterData, 'cluster_id'>, publicUrl: string) {
  return { target: clusterTarget(cluster_id), stack_id: null, deployment_id: null, link: `${publicUrl}/clusters` };
}
