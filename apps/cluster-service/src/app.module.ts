import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule, MessagingModule, type BusOptions } from '@ushadow/messaging';
import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';
import { AddressPolicy } from './address/address-policy.ts';
import { AuditController } from './audit/audit.controller.ts';
import { CheckCluster } from './clusters/check-cluster.ts';
import { ClusterStore } from './clusters/cluster.store.ts';
import { ClustersController } from './clusters/clusters.controller.ts';
import { ConnectCluster } from './clusters/connect-cluster.ts';
import { DeleteCluster } from './clusters/delete-cluster.ts';
import { GetCluster } from './clusters/get-cluster.ts';
import { OpenConnection } from './clusters/open-connection.ts';
import { RegisterCluster } from './clusters/register-cluster.ts';
import { ReplaceCredential } from './clusters/replace-credential.ts';
import { UpdateCluster } from './clusters/update-cluster.ts';
import type { ClusterConfig } from './config.ts';
import { CredentialVault } from './credentials/credential-vault.ts';
import { ListNodes } from './nodes/list-nodes.ts';
import { CheckPermissions } from './permissions/check-permissions.ts';
import { ListPullSecrets } from './pull-secrets/list-pull-secrets.ts';
import { OpenPullSecrets } from './pull-secrets/open-pull-secrets.ts';
import { PullSecretStore } from './pull-secrets/pull-secret.store.ts';
import { PullSecretVault } from './pull-secrets/pull-secret-vault.ts';
import { PullSecretsController } from './pull-secrets/pull-secrets.controller.ts';
import { RemovePullSecret } from './pull-secrets/remove-pull-secret.ts';
import { SetPullSecret } from './pull-secrets/set-pull-secret.ts';
import { ReadSandbox } from './sandbox/read-sandbox.ts';
import { SandboxController } from './sandbox/sandbox.controller.ts';
import { CheckSchedule } from './status/check-schedule.ts';
import { StatusSweeper } from './status/status-sweeper.ts';
import type { Database } from './store/database.store.ts';
import { ownEndpoints } from './address/own-endpoints.ts';

export interface Resources {
  readonly config: ClusterConfig;
  readonly bus: BusOptions;
  readonly database: Database;
  readonly trail: AuditTrail;
  readonly logger: Logger;
}

@Module({})
export class AppModule {
  static forRoot({ config, bus, database, trail, logger }: Resources): DynamicModule {
    const policy = new AddressPolicy({
      allowLoopback: config.ALLOW_PRIVATE_CLUSTERS,
      allow: config.CLUSTER_ADDRESSES_ALLOW,
      deny: config.CLUSTER_ADDRESSES_DENY,
      ownEndpoints: ownEndpoints([config.NATS_URL, config.DATABASE_URL]),
    });
    return {
      module: AppModule,
      imports: [MessagingModule.forRoot(bus), AuditModule.forRoot({ trail, logger })],
      controllers: [AuditController, ClustersController, PullSecretsController, SandboxController],
      providers: [
        { provide: AddressPolicy, useValue: policy },
        { provide: ClusterStore, useValue: new ClusterStore(database, trail) },
        { provide: CredentialVault, useValue: new CredentialVault(config.USHADOW_KEYS) },
        { provide: PullSecretStore, useValue: new PullSecretStore(database, trail) },
        { provide: PullSecretVault, useValue: new PullSecretVault(config.USHADOW_KEYS) },
        { provide: CheckSchedule, useValue: new CheckSchedule(config.STATUS_INTERVAL_SECONDS) },
        { provide: ReadSandbox, useValue: new ReadSandbox(config.SANDBOX_FILE) },
        ConnectCluster,
        RegisterCluster,
        GetCluster,
        DeleteCluster,
        CheckCluster,
        OpenConnection,
        ListNodes,
        UpdateCluster,
        ReplaceCredential,
        CheckPermissions,
        SetPullSecret,
        ListPullSecrets,
        RemovePullSecret,
        OpenPullSecrets,
        {
          provide: StatusSweeper,
          useFactory: (store: ClusterStore, check: CheckCluster, schedule: CheckSchedule) =>
            new StatusSweeper(store, check, schedule, logger),
          inject: [ClusterStore, CheckCluster, CheckSchedule],
        },
      ],
    };
  }
}
