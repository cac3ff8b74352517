import type { SealedData } from '@ushadow/secrets';
import { KeyChecks, SealedColumn } from '@ushadow/service';
import { channelBinding } from '../channels/channel-vault.ts';
import { hookBinding } from '../hooks/hook-vault.ts';
import type { Database } from './database.store.ts';

/** Everything this service keeps under its key ring. A new column of envelopes joins this list, or rotation misses it. */
export function sealedData(database: Database): SealedData {
  return {
    stores: [
      new SealedColumn(database, {
        ...{ name: 'channels', table: 'channels', envelope: 'envelope', keyId: 'key_id' },
        id: { column: 'id', type: 'uuid' },
        bindingOf: channelBinding,
      }),
      new SealedColumn(database, {
        ...{ name: 'hooks', table: 'hooks', envelope: 'envelope', keyId: 'key_id' },
        id: { column: 'id', type: 'uuid' },
        bindingOf: hookBinding,
      }),
    ],
    checks: new KeyChecks(database),
  };
}
