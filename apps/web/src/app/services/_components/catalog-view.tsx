'use client';

import { useState } from 'react';
import { useQuery } from '../../../api/use-query.ts';
import { Button, LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { PageHeader, PageStack } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useUrlState } from '../../../ui/use-url-state.ts';
import {
  filterServices,
  type AvailableService,
  type CatalogFilter,
  type CatalogProblem,
} from '../_catalog/filter-services.ts';
import { CatalogFilterBar } from './catalog-filter-bar.tsx';
import { CatalogProblems } from './catalog-problems.tsx';
import { ChosenCluster } from './chosen-cluster.tsx';
import { DeployDialog } from './deploy-dialog.tsx';
import { ServiceGrid } from './service-grid.tsx';

export function CatalogView() {
  const catalog = useQuery('listServices', {});
  const [read, change] = useUrlState();
  const [filter, setFilter] = useState({ query: read('q') ?? '', deployableOnly: read('deployable') !== null });
  const clusterId = read('cluster');
  const deploying = catalog.data?.services.find((service) => service.service_id === read('deploy'));

  return (
    <PageStack testId="services-page">
      <PageHeader
        title="Services"
        description="What your Compose files define. Pick one, look at what it becomes on Kubernetes, and deploy it."
        actions={
          <Button icon="refresh" onClick={catalog.reload}>
            Reload
          </Button>
        }
      />
      {clusterId === null ? null : (
        <ChosenCluster
          clusterId={clusterId}
          onClear={() => {
            change({ cluster: null });
          }}
        />
      )}
      {catalog.error === undefined ? null : <ErrorNotice error={catalog.error} onRetry={catalog.reload} />}
      {catalog.data === undefined ? (
        catalog.error === undefined && <Skeleton label="Loading services" shape="cards" count={6} />
      ) : (
        <Catalog
          services={catalog.data.services}
          problems={catalog.data.problems}
          filter={filter}
          onFilter={(next) => {
            setFilter(next);
            change({ q: next.query, deployable: next.deployableOnly ? '1' : null });
          }}
          onDeploy={(service) => {
            change({ deploy: service.service_id });
          }}
        />
      )}
      {deploying === undefined ? null : (
        <DeployDialog
          key={deploying.service_id}
          service={deploying}
          givenClusterId={clusterId}
          onClose={() => {
            change({ deploy: null });
          }}
        />
      )}
    </PageStack>
  );
}

interface CatalogProps {
  readonly services: readonly AvailableService[];
  readonly problems: readonly CatalogProblem[];
  readonly filter: CatalogFilter;
  readonly onFilter: (filter: CatalogFilter) => void;
  readonly onDeploy: (service: AvailableService) => void;
}

function Catalog({ services, problems, filter, onFilter, onDeploy }: CatalogProps) {
  if (services.length === 0 && problems.length === 0) {
    return (
      <EmptyState
        icon="search"
        title="No services yet"
        actions={<LinkButton href="/clusters">Look at the clusters</LinkButton>}
      >
        Put Compose files into the folder that COMPOSE_DIR names. Their services appear here.
      </EmptyState>
    );
  }
  const fitting = filterServices(services, filter);
  return (
    <>
      <CatalogFilterBar filter={filter} shown={fitting.length} total={services.length} onChange={onFilter} />
      {problems.length === 0 ? null : <CatalogProblems problems={problems} />}
      {fitting.length === 0 ? null : <ServiceGrid services={fitting} onDeploy={onDeploy} />}
      {fitting.length === 0 && services.length > 0 ? (
        <EmptyState
          icon="search"
          title="Nothing fits the search"
          actions={
            <Button
              onClick={() => {
                onFilter({ query: '', deployableOnly: false });
              }}
            >
              Show all services
            </Button>
          }
        >
          None of the {services.length} services matches.
        </EmptyState>
      ) : null}
    </>
  );
}
