import type { DeploymentData } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { useAction } from '../../../api/use-action.ts';
import { useQuery } from '../../../api/use-query.ts';
import { isUnderWay } from '../_status/is-under-way.ts';

const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 10_000;

export interface DeploymentPages {
  readonly deployments: readonly DeploymentData[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
  readonly hasMore: boolean;
  readonly more: () => Promise<void>;
  readonly isLoadingMore: boolean;
  readonly moreError: unknown;
}

interface OlderPages {
  readonly clusterId: string | null;
  readonly deployments: readonly DeploymentData[];
  readonly cursor: string | null;
}

/** The newest page, kept up to date, and the older ones as they were when asked for. */
export function useDeploymentPages(clusterId: string | null): DeploymentPages {
  const scope = clusterId === null ? {} : { cluster_id: clusterId };
  const [pollMs, setPollMs] = useState(POLL_IDLE_MS);
  const first = useQuery('listDeployments', scope, { pollMs });
  const [loaded, setLoaded] = useState<OlderPages | null>(null);
  const older = loaded?.clusterId === clusterId ? loaded : null;
  const cursor = older === null ? (first.data?.next_cursor ?? null) : older.cursor;

  const wanted = first.data?.deployments.some(({ status }) => isUnderWay(status)) ? POLL_ACTIVE_MS : POLL_IDLE_MS;
  if (wanted !== pollMs) setPollMs(wanted);

  const next = useAction(async () => {
    if (cursor === null) return;
    const page = await api.listDeployments({ ...scope, cursor });
    setLoaded({
      clusterId,
      deployments: [...(older?.deployments ?? []), ...page.deployments],
      cursor: page.next_cursor,
    });
  });

  return {
    deployments:
      first.data === undefined ? undefined : withoutRepeats(first.data.deployments, older?.deployments ?? []),
    error: first.error,
    reload: first.reload,
    hasMore: cursor !== null,
    more: next.run,
    isLoadingMore: next.busy,
    moreError: next.error,
  };
}

/** New deployments push others over the edge of the first page, so that two pages can name the same one. */
function withoutRepeats(newest: readonly DeploymentData[], older: readonly DeploymentData[]): DeploymentData[] {
  const known = new Set(newest.map((deployment) => deployment.deployment_id));
  return [...newest, ...older.filter((deployment) => !known.has(deployment.deployment_id))];
}
