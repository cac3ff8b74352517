import type { DeploymentData } from '@ushadow/contracts';
import { useState } from 'react';
import { usePages, type PageReader, type Pages } from '../../../api/use-pages.ts';
import { isUnderWay } from '../_status/deployment-facts.ts';

const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 10_000;

const reader: PageReader<'listDeployments', DeploymentData> = {
  itemsOf: ({ deployments }) => deployments,
  nextOf: ({ next_cursor: cursor }) => (cursor === null ? null : { cursor }),
  keyOf: ({ deployment_id: id }) => id,
};

export function useDeploymentPages(clusterId: string | null): Pages<DeploymentData> {
  const [pollMs, setPollMs] = useState(POLL_IDLE_MS);
  const pages = usePages('listDeployments', clusterId === null ? {} : { cluster_id: clusterId }, reader, pollMs);
  const wanted = pages.items?.some(({ status }) => isUnderWay(status)) === true ? POLL_ACTIVE_MS : POLL_IDLE_MS;
  if (wanted !== pollMs) setPollMs(wanted);
  return pages;
}
