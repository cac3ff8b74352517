import type { SealedData } from '@ushadow/secrets';
import type { Database } from './database.store.ts';
import { SealedColumn } from '../deployments/sealed-columns.store.ts';
import { KeyChecks } from './key-checks.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  return {
    stores: [
      new SealedColumn(database, 'deployments', 'desired'),
      new SealedColumn(database, 'deployments', 'content'),
      new SealedColumn(database, 'plans', 'desired'),
    ],
    checks: new KeyChecks(database),
  };
}
