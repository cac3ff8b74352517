import type { SealedData } from '@ushadow/secrets';
import type { Database } from './database.store.ts';
import { DesiredEnvelopes } from '../deployments/desired-envelopes.store.ts';
import { KeyChecks } from './key-checks.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  return {
    stores: [new DesiredEnvelopes(database, 'deployments'), new DesiredEnvelopes(database, 'plans')],
    checks: new KeyChecks(database),
  };
}
