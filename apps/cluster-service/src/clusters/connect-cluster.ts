import { Injectable } from '@nestjs/common';
import { failure, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { AddressPolicy } from '../address/address-policy.ts';
import { resolveServer } from '../address/resolve-server.ts';
import { CredentialVault } from '../credentials/credential-vault.ts';
import { clusterNotFound } from './cluster-not-found.ts';
import { ClusterStore } from './cluster.store.ts';
import type { StoredCredential } from './cluster.ts';

export interface OpenedConnection {
  readonly stored: StoredCredential;
  /** With the address that has just passed the policy. */
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

  /** Throws CLUSTER_NOT_FOUND, or CLUSTER_UNREACHABLE when its address does not resolve or is forbidden. */
  async run(id: string): Promise<OpenedConnection> {
    const stored = await this.store.findCredential(id);
    if (stored === undefined) throw clusterNotFound(id);
    const connection = this.vault.open(id, stored.credentialVersion, stored.credential);
    const resolved = await resolveServer(connection.server, this.policy);
    if (resolved.kind === 'allowed') return { stored, connection: { ...connection, pinnedAddress: resolved.address } };
    const cause = resolved.kind === 'forbidden' ? 'address-forbidden' : 'dns';
    const reason =
      resolved.kind === 'forbidden'
        ? `the API server’s address is refused: ${resolved.reason}`
        : 'the host name of the API server does not resolve';
    throw failure(operations.openConnection, 'CLUSTER_UNREACHABLE', `The cluster cannot be reached: ${reason}.`, {
      details: { cause, reason },
    });
  }
}
