import { Injectable } from '@nestjs/common';
import type { operations, OutputOf } from '@ushadow/contracts';
import { typeOfImage } from '@ushadow/scan';
import { Catalog, type CatalogEntry } from './catalog.ts';

type Output = OutputOf<typeof operations.listInfraServices>;

/**
 * Services that are infrastructure: marked so, with a known image, or expected as infrastructure by another file (B1).
 * That a service requires nothing says nothing of it.
 */
@Injectable()
export class ListInfraServices {
  constructor(private readonly catalog: Catalog) {}

  async run(): Promise<Output> {
    const { entries } = await this.catalog.list();
    const expected = expectedBy(entries);
    return { services: entries.filter((entry) => isInfrastructure(entry, expected)).map(toInfra) };
  }
}

/** By name of a service: the projects whose files expect it as infrastructure. */
type Expected = ReadonlyMap<string, ReadonlySet<CatalogEntry['source']>>;

function expectedBy(entries: readonly CatalogEntry[]): Expected {
  const expected = new Map<string, Set<CatalogEntry['source']>>();
  // What a file says stands with each of its services.
  const files = new Map(entries.map(({ source, fileMetadata }) => [source, fileMetadata]));
  for (const [source, { infraServices }] of files) {
    for (const name of infraServices) expected.set(name, (expected.get(name) ?? new Set()).add(source));
  }
  return expected;
}

function isInfrastructure({ metadata, service, source, name }: CatalogEntry, expected: Expected): boolean {
  if (metadata.infrastructure !== undefined) return metadata.infrastructure;
  if (typeOfImage(service.image ?? '') !== undefined) return true;
  return [...(expected.get(name) ?? [])].some((other) => other !== source);
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
