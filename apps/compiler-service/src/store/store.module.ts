import { Module, type FactoryProvider, type Type } from '@nestjs/common';
import { AuditTrail } from '@ushadow/postgres';
import type { KeyRing } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import type { CompilerConfig } from '../config.ts';
import { SavedVariableStore } from '../environment/saved-variable.store.ts';
import { InstallationKeyStore } from '../keys/installation-key.store.ts';
import { InstallationKeys, installationKeys } from '../keys/installation-keys.ts';
import { SettingStore } from '../settings/setting.store.ts';
import { UnusedUploadStore } from '../uploads/unused-uploads.store.ts';
import { UploadStore } from '../uploads/upload.store.ts';
import { Database } from './database.store.ts';

/** The stores of the service, and the keys that are kept in one of them. */
@Module({
  providers: [
    sealing(SavedVariableStore),
    sealing(SettingStore),
    sealing(UploadStore),
    {
      provide: UnusedUploadStore,
      useFactory: ({ postgres }: Database, trail: AuditTrail, { KEEP_DAYS }: CompilerConfig) =>
        new UnusedUploadStore(postgres, trail, KEEP_DAYS),
      inject: [Database, AuditTrail, CONFIG],
    },
    {
      provide: InstallationKeys,
      useFactory: (database: Database, { USHADOW_KEYS }: CompilerConfig) =>
        installationKeys(new InstallationKeyStore(database, USHADOW_KEYS)),
      inject: [Database, CONFIG],
    },
  ],
  exports: [InstallationKeys, SavedVariableStore, SettingStore, UnusedUploadStore, UploadStore],
})
export class StoreModule {}

/** A store that seals what it keeps. */
function sealing<S>(
  store: Type<S> & (new (database: Database, ring: KeyRing, trail: AuditTrail) => S),
): FactoryProvider<S> {
  return {
    provide: store,
    useFactory: (database: Database, { USHADOW_KEYS }: CompilerConfig, trail: AuditTrail) =>
      new store(database, USHADOW_KEYS, trail),
    inject: [Database, CONFIG, AuditTrail],
  };
}
