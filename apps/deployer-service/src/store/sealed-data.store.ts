import type { Binding, SealedData } from '@ushadow/secrets';
import { KeyChecks, SealedColumn } from '@ushadow/service';
import { contentBinding, updateBinding } from '../deployments/desired-state.ts';
import type { Database } from './database.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  const sealed = (envelope: string, table: string, bindingOf: (id: string) => Binding) =>
    new SealedColumn(database, {
      ...{ name: `${envelope} of ${table}`, table, envelope, keyId: `${envelope}_key_id`, bindingOf },
      id: { column: 'id', type: 'uuid' },
    });
  return {
    stores: [
      sealed('desired', 'deployments', updateBinding),
      sealed('content', 'deployments', contentBinding),
      sealed('desired', 'plans', updateBinding),
    ],
    checks: new KeyChecks(database),
  };
}
