import { Injectable } from '@nestjs/common';
import type { operations, OutputOf } from '@ushadow/contracts';
import { Catalog, type CatalogEntry } from './catalog.ts';
import { notDeployable } from './service-metadata.ts';
import { toDiagnostics } from './to-diagnostic.ts';

type Output = OutputOf<typeof operations.listServices>;

@Injectable()
export class ListServices {
  constructor(private readonly catalog: Catalog) {}

  async run(): Promise<Output> {
    const { entries, problems } = await this.catalog.list();
    return {
      services: entries.map(toAvailable),
      problems: problems.map(({ source, diagnostics }) => ({
        file: source.file,
        diagnostics: toDiagnostics(diagnostics, source),
      })),
    };
  }
}

export function toAvailable(entry: CatalogEntry): Output['services'][number] {
  const { service, metadata, fileMetadata, source } = entry;
  const problem = notDeployable(entry.service);
  return {
    service_id: entry.id,
    service_name: entry.name,
    display_name: metadata.displayName ?? entry.name,
    description: metadata.description ?? null,
    image: service.image ?? null,
    requires: [...metadata.requires],
    optional: [...metadata.optional],
    provides: metadata.provides ?? null,
    tags: [...metadata.tags],
    environments: [...metadata.environments],
    exposes: metadata.exposes.map(({ name, type, path, port }) => ({
      name,
      type,
      path: path ?? null,
      port: port ?? null,
    })),
    route_path: metadata.routePath ?? null,
    infra_services: [...fileMetadata.infraServices],
    namespace: fileMetadata.namespace ?? null,
    file: source.file,
    origin: source.origin,
    project: entry.project,
    profiles: [...(service.profiles ?? [])],
    deployable: problem === null,
    problem,
  };
}
