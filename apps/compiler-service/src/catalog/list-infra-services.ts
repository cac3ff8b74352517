import type { operations, OutputOf } from '@ushadow/contracts';
import { typeOfImage } from '@ushadow/scan';
import type { Catalog, CatalogEntry } from './catalog.ts';

type Output = OutputOf<typeof operations.listInfraServices>;

/**
 * Services that are infrastructure: marked so, with a known image, or expected as infrastructure by another file (B1).
 * That a service requires nothing says nothing of it.
 */
export class ListInfraServices {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  async run(): Promise<Output> {
    const { entries } = await this.catalog.list();
    return { services: entries.filter((entry) => isInfrastructure(entry, entries)).map(toInfra) };
  }
}

function isInfrastructure(entry: CatalogEntry, all: readonly CatalogEntry[]): boolean {
  const { metadata, service, source, name } = entry;
  if (metadata.infrastructure !== undefined) return metadata.infrastructure;
  if (typeOfImage(service.image ?? '') !== undefined) return true;
  return all.some((other) => other.source !== source && other.fileMetadata.infraServices.includes(name));
}

function toInfra({ id, name, metadata, service }: CatalogEntry): Output['services'][number] {
  return {
    service_id: id,
    service_name: name,
    display_name: metadata.displayName ?? name,
    type: typeOfImage(service.image ?? '') ?? metadata.provides ?? name.split('-')[0] ?? name,
    image: service.image ?? null,
  };
}
