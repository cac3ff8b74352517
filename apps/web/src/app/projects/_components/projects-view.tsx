'use client';

import type { ProjectData } from '@ushadow/contracts';
import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import { filterProjects } from '../_projects/filter-projects.ts';
import { CatalogProblems } from './catalog-problems.tsx';
import { ProjectList } from './project-list.tsx';
import { RemoveProjectDialog } from './remove-project-dialog.tsx';

/** A search is for more than a screen holds. */
const SEARCH_FROM = 6;

/** Compose projects: what can be deployed as a stack. */
export function ProjectsView() {
  const { data, error, reload } = useQuery('listProjects', {});
  const [read, change] = useUrlState();
  const [removing, setRemoving] = useState<ProjectData | null>(null);
  const [news, setNews] = useState('');
  const query = read('q') ?? '';
  const shown = filterProjects(data?.projects ?? [], query);
  return (
    <PageStack testId="projects-page">
      <PageHeader
        title="Projects"
        description="Your Compose projects. Deploy one, and its services run as a stack."
        actions={
          <>
            <Button icon="refresh" onClick={reload}>
              Reload
            </Button>
            <LinkButton variant="primary" icon="plus" href="/projects/new" data-testid="add-project-btn">
              Add a project
            </LinkButton>
          </>
        }
      />
      {news === '' ? null : <Notice tone="ok" role="status" title={news} testId="projects-news" />}
      {error === undefined ? null : <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined ? (
        error === undefined && <Skeleton label="Loading projects" shape="rows" count={4} />
      ) : (
        <>
          {data.projects.length < SEARCH_FROM && query === '' ? null : (
            <SearchField
              label="Search projects"
              placeholder="Search name, service, image…"
              value={query}
              testId="project-search"
              onChange={(text) => {
                change({ q: text });
              }}
            />
          )}
          {data.problems.length === 0 ? null : <CatalogProblems problems={data.problems} />}
          {shown.length > 0 ? (
            <ProjectList projects={shown} clusterId={read('cluster')} onRemove={setRemoving} />
          ) : data.projects.length > 0 ? (
            <EmptyState
              icon="search"
              title="Nothing fits the search"
              actions={
                <Button
                  onClick={() => {
                    change({ q: null });
                  }}
                >
                  Show all projects
                </Button>
              }
            >
              None of the {data.projects.length} projects matches.
            </EmptyState>
          ) : (
            <NoProjects />
          )}
        </>
      )}
      {removing === null ? null : (
        <RemoveProjectDialog
          project={removing}
          onClose={() => {
            setRemoving(null);
          }}
          onRemoved={() => {
            setRemoving(null);
            setNews(`${removing.project} is removed. What was deployed from it stays.`);
            reload();
          }}
        />
      )}
    </PageStack>
  );
}

function NoProjects() {
  return (
    <EmptyState
      icon="plus"
      title="No projects yet"
      testId="no-projects"
      actions={
        <LinkButton variant="primary" href="/projects/new">
          Add a project
        </LinkButton>
      }
    >
      Paste a Compose file, upload one with what it refers to, or put files into the folder that COMPOSE_DIR names.
    </EmptyState>
  );
}
