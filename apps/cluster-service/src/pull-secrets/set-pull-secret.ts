import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf } from '@ushadow/contracts';
import { normalRegistry } from '@ushadow/kubernetes';
import { clusterNotFound } from '../clusters/get-cluster.ts';
import { PullSecretStore } from './pull-secret.store.ts';
import { PullSecretVault } from './pull-secret-vault.ts';
import type { PullSecret } from './pull-secret.ts';

const operation = operations.setPullSecret;

/** Keeps a registry's credential for a cluster. The registry itself is never contacted from here: nodes pull, we do not. */
@Injectable()
export class SetPullSecret {
  constructor(
    private readonly store: PullSecretStore,
    private readonly vault: PullSecretVault,
  ) {}

  async run({
    cluster_id: clusterId,
    registry: text,
    username,
    password,
  }: InputOf<typeof operation>): Promise<PullSecret> {
    const registry = normalRegistry(text);
    if (registry === undefined) {
      const message =
        'registry: no image can name this registry; write host[:port], with a dot or a port, and a path if it is for that alone, such as ghcr.io or registry.example.com:5000/team.';
      throw failure(operation, 'REGISTRY_INVALID', message, { details: { field: 'registry' } });
    }
    const kept = await this.store.set(clusterId, registry, username, (version) =>
      this.vault.seal(clusterId, registry, version, password),
    );
    if (kept === undefined) throw clusterNotFound(clusterId);
    return kept;
  }
}
