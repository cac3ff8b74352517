import type { SealedData } from '@ushadow/secrets';
import { KeyChecks } from '@ushadow/service';
import { CredentialEnvelopes } from '../credentials/credential-envelopes.store.ts';
import { PullSecretEnvelopes } from '../pull-secrets/pull-secret-envelopes.store.ts';
import type { Database } from './database.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  return {
    stores: [new CredentialEnvelopes(database), new PullSecretEnvelopes(database)],
    checks: new KeyChecks(database),
  };
}
