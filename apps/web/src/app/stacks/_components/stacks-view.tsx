'use client';

import type { ClusterData, StackSummaryData } from '@ushadow/contracts';
import type { Pages } from '../../../api/use-pages.ts';
import { useQuery } from '../../../api/use-query.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { MoreButton } from '../../../ui/more-button.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { SandboxLine } from '../../_components/sandbox-line.tsx';
import { listState } from '../_list/list-state.ts';
import { useStackPages } from '../_hooks/use-stack-pages.ts';
import { NextStep } from './next-step.tsx';
import { StackFilters } from './stack-filters.tsx';
import { StackTable } from './stack-table.tsx';

const POLL_MS = 5_000;

/** What runs where: the first page. */
export function StacksView() {
  const [read, change] = useUrlState();
  const filter = { clusterId: read('cluster'), project: read('project') };
  const clusters = useQuery('listClusters', {}, { pollMs: POLL_MS });
  const catalog = useQuery('listProjects', {});
  const pages = useStackPages(filter);
  const isFiltered = filter.clusterId !== null || filter.project !== null;
  const hasNothing = listState(pages, isFiltered) === 'none';
  const error = pages.error ?? clusters.error;
  const projects = namesOf(catalog.data?.projects, pages.items);
  return (
    <PageStack testId="stacks-page">
      <PageHeader title="Stacks" description="What runs where." actions={hasNothing ? undefined : <DeployLink />} />
      {clusters.data === undefined ? null : (
        <SandboxLine hasClusters={clusters.data.length > 0} onReady={clusters.reload} />
      )}
      {hasNothing ? null : (
        <StackFilters {...filter} clusters={clusters.data ?? []} projects={projects} onChange={change} />
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
      <StackList
        pages={pages}
        clusters={clusters.data}
        projects={catalog.data?.projects.length ?? null}
        onShowAll={
          isFiltered
            ? () => {
                change({ cluster: null, project: null });
              }
            : null
        }
      />
    </PageStack>
  );
}

interface Named {
  readonly project: string;
}

/** Of what can be deployed, and of what runs though its files are gone. */
function namesOf(catalog: readonly Named[] = [], stacks: readonly Named[] = []): string[] {
  return [...catalog, ...stacks].map(({ project }) => project);
}

function DeployLink() {
  return (
    <LinkButton variant="primary" icon="rocket" href="/projects">
      Deploy a project
    </LinkButton>
  );
}

interface StackListProps {
  readonly pages: Pages<StackSummaryData>;
  readonly clusters: readonly ClusterData[] | undefined;
  /** How many there are to deploy; null while it is not known. */
  readonly projects: number | null;
  /** Null while nothing is filtered. */
  readonly onShowAll: (() => void) | null;
}

function StackList({ pages, clusters, projects, onShowAll }: StackListProps) {
  const stacks = pages.items;
  if (stacks === undefined || clusters === undefined) {
    return pages.error === undefined ? <Skeleton label="Loading stacks" shape="rows" count={4} /> : null;
  }
  const state = listState(pages, onShowAll !== null);
  if (state === 'more') return <MoreButton pages={pages} />;
  if (state === 'none') return <NextStep clusters={clusters} projects={projects} />;
  if (state === 'none-fits') {
    return (
      <EmptyState
        icon="search"
        title="No stack fits"
        actions={<Button onClick={onShowAll ?? undefined}>Show all stacks</Button>}
      >
        Nothing of this project runs there.
      </EmptyState>
    );
  }
  return (
    <>
      <Card flush>
        <StackTable stacks={stacks} clusters={clusters} />
      </Card>
      <MoreButton pages={pages} />
    </>
  );
}
