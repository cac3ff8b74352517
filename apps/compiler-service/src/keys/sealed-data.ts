import { KeyChecks, SealedColumn } from '@ushadow/service';
import type { SealedData } from '@ushadow/secrets';
import type { Database } from '../store/database.store.ts';
import { bindingOf, envelopeTables } from './envelope-tables.ts';

/** What the key ring is compared with at start, and what a rotation wraps anew. */
export function sealedData(database: Database): SealedData {
  return {
    stores: envelopeTables.map((each) => {
      const { name, table, idColumn, idType } = each;
      return new SealedColumn(database, {
        ...{ name, table, envelope: 'envelope', keyId: 'key_id' },
        id: { column: idColumn, type: idType },
        bindingOf: (id) => bindingOf(each, id),
      });
    }),
    checks: new KeyChecks(database),
  };
}
