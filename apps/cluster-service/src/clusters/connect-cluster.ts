import { Injectable } from '@nestjs/common';
import { failure, operations, type DomainError } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { AddressPolicy, resolveServer } from '@ushadow/outbound';
import { SecretsError } from '@ushadow/secrets';
import type { CheckCause } from '../check/connection-check.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { clusterNotFound } from './get-cluster.ts';
import { ClusterStore } from './cluster.store.ts';
import type { StoredCredential } from './cluster.ts';

export interface OpenedConnection {
  readonly stored: StoredCredential;
  readonly connection: ClusterConnection;
}

/** Decrypts a stored connection, in memory only, and judges its address again: names can move after registration. */
@Injectable()
export class ConnectCluster {
  constructor(
    private readonly store: ClusterStore,
    private readonly vault: CredentialVault,
    private readonly policy: AddressPolicy,
  ) {}

  /** Throws CLUSTER_NOT_FOUND, and what `open` throws. */
  async run(id: string): Promise<OpenedConnection> {
    const stored = await this.store.findCredential(id);
    if (stored === undefined) throw clusterNotFound(id);
    return { stored, connection: await this.open(stored) };
  }

  /**
   * With the addresses that have just passed the policy. Throws CLUSTER_UNREACHABLE when its name does not resolve or an
   * address is forbidden, or CLUSTER_UNAUTHORIZED when what is stored cannot be decrypted.
   */
  async open(stored: StoredCredential): Promise<ClusterConnection> {
    const connection = this.decrypt(stored);
    const resolved = await resolveServer(connection.server, this.policy);
    if (resolved.kind === 'allowed') return { ...connection, pinnedAddresses: resolved.addresses };
    if (resolved.kind === 'forbidden') {
      throw refused(
        'CLUSTER_UNREACHABLE',
        'address-forbidden',
        `the API server’s address is refused: ${resolved.reason}`,
      );
    }
    throw refused('CLUSTER_UNREACHABLE', 'dns', 'the host name of the API server does not resolve');
  }

  private decrypt({ clusterId, credentialVersion, credential }: StoredCredential): ClusterConnection {
    try {
      return this.vault.open(clusterId, credentialVersion, credential);
    } catch (error) {
      if (!(error instanceof SecretsError)) throw error;
      const reason = 'the stored credential cannot be decrypted any more; replace it';
      throw refused('CLUSTER_UNAUTHORIZED', 'credential-unreadable', reason, error);
    }
  }
}

function refused(
  code: 'CLUSTER_UNREACHABLE' | 'CLUSTER_UNAUTHORIZED',
  cause: CheckCause,
  reason: string,
  error?: SecretsError,
): DomainError {
  return failure(operations.openConnection, code, `The cluster cannot be reached: ${reason}.`, {
    details: { cause, reason },
    cause: error,
  });
}
