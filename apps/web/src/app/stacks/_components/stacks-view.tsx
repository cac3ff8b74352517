'use client';

import { useQuery } from '../../../api/use-query.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { useStackPages } from '../_hooks/use-stack-pages.ts';
import { NextStep } from './next-step.tsx';
import { StackFilters } from './stack-filters.tsx';
import { StackTable } from './stack-table.tsx';

/** What runs where: the first page. */
export function StacksView() {
  const [read, change] = useUrlState();
  const clusterId = read('cluster');
  const project = read('project');
  const clusters = useQuery('listClusters', {}, { pollMs: 5_000 });
  const catalog = useQuery('listProjects', {});
  const pages = useStackPages({ clusterId, project });
  const isFiltered = clusterId !== null || project !== null;
  const isEmpty = pages.items?.length === 0;
  const error = pages.error ?? clusters.error;
  return (
    <PageStack testId="stacks-page">
      <PageHeader
        title="Stacks"
        description="What runs where."
        actions={
          isEmpty && !isFiltered ? undefined : (
            <LinkButton look="primary" icon="rocket" href="/projects">
              Deploy a project
            </LinkButton>
          )
        }
      />
      {isEmpty && !isFiltered ? null : (
        <StackFilters
          clusters={clusters.data ?? []}
          projects={[...(catalog.data?.projects ?? []), ...(pages.items ?? [])].map((each) => each.project)}
          clusterId={clusterId}
          project={project}
          onChange={change}
        />
      )}
      {error === undefined ? null : (
        <ErrorNotice
          error={error}
          onRetry={() => {
            pages.reload();
            clusters.reload();
          }}
        />
      )}
      {pages.items === undefined || clusters.data === undefined ? (
        error === undefined && <Skeleton label="Loading stacks" shape="rows" count={4} />
      ) : pages.items.length > 0 ? (
        <>
          <Card flush>
            <StackTable stacks={pages.items} clusters={clusters.data} />
          </Card>
          <MoreButton pages={pages} />
        </>
      ) : isFiltered ? (
        <EmptyState
          icon="search"
          title="No stack fits"
          actions={
            <Button
              onClick={() => {
                change({ cluster: null, project: null });
              }}
            >
              Show all stacks
            </Button>
          }
        >
          Nothing of this project runs there.
        </EmptyState>
      ) : (
        <NextStep clusters={clusters.data} projects={catalog.data?.projects.length ?? null} />
      )}
    </PageStack>
  );
}
