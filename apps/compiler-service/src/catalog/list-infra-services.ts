import type { operations, OutputOf } from '@ushadow/contracts';
import { typeOfImage } from '@ushadow/scan';
import type { Catalog } from './catalog.ts';

type Output = OutputOf<typeof operations.listInfraServices>;

/** Services whose image is a known database, cache or queue, with its type. */
export class ListInfraServices {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  run(): Output {
    return {
      services: this.catalog.list().entries.flatMap((entry) => {
        const type = typeOfImage(entry.service.image ?? '');
        if (type === undefined) return [];
        return {
          service_id: entry.id,
          service_name: entry.name,
          display_name: entry.metadata.displayName ?? entry.name,
          type,
          image: entry.service.image ?? null,
        };
      }),
    };
  }
}
