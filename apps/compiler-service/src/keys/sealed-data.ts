import type { SealedData } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { EnvelopeTableStore } from './envelope-table.store.ts';
import { CatalogKeyCheckStore } from './key-check.store.ts';
import { sealedColumns } from './sealed-column.ts';

/** What the key ring is compared with at start, and what a rotation wraps anew. */
export function sealedData(database: Database): SealedData {
  return {
    stores: sealedColumns.map((column) => new EnvelopeTableStore(database, column)),
    checks: new CatalogKeyCheckStore(database),
  };
}
