import type { operations, OutputOf } from '@ushadow/contracts';
import type { Catalog, CatalogEntry } from './catalog.ts';
import { notDeployable } from './not-deployable.ts';
import { toDiagnostic } from './to-diagnostic.ts';

type Output = OutputOf<typeof operations.listServices>;

export class ListServices {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  run(): Output {
    const { entries, problems } = this.catalog.list();
    return {
      services: entries.map(toAvailable),
      problems: problems.map((problem) => ({
        file: problem.file,
        diagnostics: problem.diagnostics.map((found) => toDiagnostic(found, this.catalog.root)),
      })),
    };
  }
}

function toAvailable(entry: CatalogEntry): Output['services'][number] {
  const { service, metadata } = entry;
  const problem = notDeployable(entry.service);
  return {
    service_id: entry.id,
    service_name: entry.name,
    display_name: metadata.displayName ?? entry.name,
    description: metadata.description ?? null,
    image: service.image ?? null,
    requires: [...metadata.requires],
    namespace: metadata.namespace ?? null,
    file: entry.source.file,
    project: entry.project,
    profiles: [...(service.profiles ?? [])],
    deployable: problem === null,
    problem,
  };
}
