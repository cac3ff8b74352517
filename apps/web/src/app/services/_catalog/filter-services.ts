import type { operations, OutputOf } from '@ushadow/contracts';

type Catalog = OutputOf<typeof operations.listServices>;
export type AvailableService = Catalog['services'][number];
export type CatalogProblem = Catalog['problems'][number];

export interface CatalogFilter {
  /** Words that all have to occur, anywhere. */
  readonly query: string;
  readonly deployableOnly: boolean;
}

export interface CatalogGroup {
  readonly project: string;
  readonly file: string;
  readonly services: readonly AvailableService[];
}

/** The services that fit, by the Compose file they come from, in the catalog's order. */
export function groupServices(services: readonly AvailableService[], filter: CatalogFilter): CatalogGroup[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = services.filter(
    (service) =>
      (service.deployable || !filter.deployableOnly) && words.every((word) => textOf(service).includes(word)),
  );
  const groups = Map.groupBy(fitting, (service) => service.file);
  return [...groups].map(([file, members]) => ({ file, project: members[0]?.project ?? file, services: members }));
}

function textOf(service: AvailableService): string {
  const { service_name, display_name, description, image, project, file, requires } = service;
  return [service_name, display_name, description, image, project, file, ...requires].join(' ').toLowerCase();
}
