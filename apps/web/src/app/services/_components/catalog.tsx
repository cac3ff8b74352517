import { Button, LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import {
  filterServices,
  type AvailableService,
  type CatalogFilter,
  type CatalogProblem,
} from '../_catalog/filter-services.ts';
import { CatalogFilterBar } from './catalog-filter-bar.tsx';
import { CatalogProblems } from './catalog-problems.tsx';
import { ServiceGrid } from './service-grid.tsx';
import type { Upload } from './uploads/upload-dialog.tsx';
import { UploadsCard } from './uploads/uploads-card.tsx';

interface CatalogProps {
  readonly services: readonly AvailableService[];
  readonly problems: readonly CatalogProblem[];
  readonly uploads: readonly Upload[];
  readonly filter: CatalogFilter;
  readonly onFilter: (filter: CatalogFilter) => void;
  readonly onDeploy: (service: AvailableService) => void;
  readonly onUpload: () => void;
  readonly onRemove: (upload: Upload) => void;
}

export function Catalog(props: CatalogProps) {
  const { services, problems, uploads, filter, onFilter, onDeploy, onUpload, onRemove } = props;
  if (services.length === 0 && problems.length === 0) return <NoServices onUpload={onUpload} />;
  const fitting = filterServices(services, filter);
  return (
    <>
      <CatalogFilterBar filter={filter} shown={fitting.length} total={services.length} onChange={onFilter} />
      {problems.length === 0 ? null : <CatalogProblems problems={problems} />}
      {uploads.length === 0 ? null : <UploadsCard uploads={uploads} onRemove={onRemove} />}
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

function NoServices({ onUpload }: Pick<CatalogProps, 'onUpload'>) {
  return (
    <EmptyState
      icon="search"
      title="No services yet"
      actions={
        <>
          <Button look="primary" icon="upload" onClick={onUpload}>
            Upload a project
          </Button>
          <LinkButton href="/clusters">Look at the clusters</LinkButton>
        </>
      }
    >
      Upload a Compose project, or put Compose files into the folder that COMPOSE_DIR names. Their services appear here.
    </EmptyState>
  );
}
