import type { operations, OutputOf } from '@ushadow/contracts';

type Catalog = OutputOf<typeof operations.listServices>;
export type AvailableService = Catalog['services'][number];
export type CatalogProblem = Catalog['problems'][number];

export interface CatalogFilter {
  /** Words that all have to occur, anywhere. */
  readonly query: string;
  readonly deployableOnly: boolean;
}

/** The services that fit, in the catalog's order. */
export function filterServices(services: readonly AvailableService[], filter: CatalogFilter): AvailableService[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  return services.filter(
    (service) =>
      (service.deployable || !filter.deployableOnly) && words.every((word) => textOf(service).includes(word)),
  );
}

function textOf(service: AvailableService): string {
  const { service_name, display_name, description, image, project, file, requires, optional, provides, tags } = service;
  return [service_name, display_name, description, image, project, file, ...requires, ...optional, provides, ...tags]
    .join(' ')
    .toLowerCase();
}
