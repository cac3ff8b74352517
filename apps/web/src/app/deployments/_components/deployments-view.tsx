'use client';

import type { DeploymentData } from '@ushadow/contracts';
import { useState } from 'react';
import { type PageReader, type Pages, usePages } from '../../../api/use-pages.ts';
import { useQuery } from '../../../api/use-query.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { isUnderWay } from '../_status/deployment-facts.ts';
import { ClusterFilter } from './cluster-filter.tsx';
import { DeploymentTable } from './deployment-table.tsx';

export function DeploymentsView() {
  const [read, change] = useUrlState();
  const clusterId = read('cluster');
  const clusters = useQuery('listClusters', {});
  const pages = useDeploymentPages(clusterId);

  return (
    <PageStack testId="deployments-page">
      <PageHeader
        title="Deployments"
        description="Every deploy that was asked for, newest first."
        actions={
          <ClusterFilter
            clusters={clusters.data ?? []}
            value={clusterId ?? ''}
            onChange={(id) => {
              change({ cluster: id });
            }}
          />
        }
      />
      {pages.error === undefined ? null : <ErrorNotice error={pages.error} onRetry={pages.reload} />}
      {pages.items === undefined ? (
        pages.error === undefined && <Skeleton label="Loading deployments" shape="rows" count={5} />
      ) : pages.items.length === 0 ? (
        <EmptyState
          icon="rocket"
          title="Nothing deployed yet"
          testId="no-deployments"
          actions={
            <LinkButton variant="primary" href="/projects">
              Pick a project
            </LinkButton>
          }
        >
          {clusterId === null
            ? 'Deploy a project and follow it here.'
            : 'Nothing was deployed to this cluster from here.'}
        </EmptyState>
      ) : (
        <>
          <Card flush>
            <DeploymentTable deployments={pages.items} clusters={clusters.data ?? []} />
          </Card>
          <MoreButton pages={pages} />
        </>
      )}
    </PageStack>
  );
}

const POLL_ACTIVE_MS = 2_000;
const POLL_IDLE_MS = 10_000;

const reader: PageReader<'listDeployments', DeploymentData> = {
  itemsOf: ({ deployments }) => deployments,
  nextOf: ({ next_cursor: cursor }) => (cursor === null ? null : { cursor }),
  keyOf: ({ deployment_id: id }) => id,
};

function useDeploymentPages(clusterId: string | null): Pages<DeploymentData> {
  const [pollMs, setPollMs] = useState(POLL_IDLE_MS);
  const pages = usePages('listDeployments', clusterId === null ? {} : { cluster_id: clusterId }, reader, pollMs);
  const wanted = pages.items?.some(({ status }) => isUnderWay(status)) === true ? POLL_ACTIVE_MS : POLL_IDLE_MS;
  if (wanted !== pollMs) setPollMs(wanted);
  return pages;
}
