import type { SealedData } from '@ushadow/secrets';
import { DesiredEnvelopes } from '../deployments/desired-envelopes.store.ts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from './database.store.ts';
import { KeyChecks } from './key-checks.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  const deployments = new DesiredEnvelopes(database, Prisma.sql`deployments`, 'objects of deployments');
  return { stores: [deployments], checks: new KeyChecks(database) };
}
