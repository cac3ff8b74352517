import { KeyChecks, SealedColumn } from '@ushadow/service';
import type { SealedData } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { bindingOf, sealedColumns } from './sealed-column.ts';

/** What the key ring is compared with at start, and what a rotation wraps anew. */
export function sealedData(database: Database): SealedData {
  return {
    stores: sealedColumns.map((column) => {
      const { name, table, idColumn, idType } = column;
      return new SealedColumn(database, {
        ...{ name, table, envelope: 'envelope', keyId: 'key_id' },
        id: { column: idColumn, type: idType },
        bindingOf: (id) => bindingOf(column, id),
      });
    }),
    checks: new KeyChecks(database),
  };
}
