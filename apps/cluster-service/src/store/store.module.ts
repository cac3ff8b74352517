import { Module } from '@nestjs/common';
import { CONFIG } from '@ushadow/service';
import { ClusterStore } from '../clusters/cluster.store.ts';
import type { ClusterConfig } from '../config.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { PullSecretVault } from '../pull-secrets/pull-secret-vault.ts';
import { PullSecretStore } from '../pull-secrets/pull-secret.store.ts';

/** The stores of the service, and what opens what they keep. */
@Module({
  providers: [
    ClusterStore,
    PullSecretStore,
    {
      provide: CredentialVault,
      useFactory: ({ USHADOW_KEYS }: ClusterConfig) => new CredentialVault(USHADOW_KEYS),
      inject: [CONFIG],
    },
    {
      provide: PullSecretVault,
      useFactory: ({ USHADOW_KEYS }: ClusterConfig) => new PullSecretVault(USHADOW_KEYS),
      inject: [CONFIG],
    },
  ],
  exports: [ClusterStore, CredentialVault, PullSecretStore, PullSecretVault],
})
export class StoreModule {}
