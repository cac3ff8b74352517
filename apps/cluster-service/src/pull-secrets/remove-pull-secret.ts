import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf } from '@ushadow/contracts';
import { normalRegistry } from '@ushadow/kubernetes';
import { GetCluster } from '../clusters/get-cluster.ts';
import { PullSecretStore } from './pull-secret.store.ts';

const operation = operations.removePullSecret;

@Injectable()
export class RemovePullSecret {
  constructor(
    private readonly cluster: GetCluster,
    private readonly store: PullSecretStore,
  ) {}

  /** Gives the registry in its one spelling. */
  async run({ cluster_id: clusterId, registry: text }: InputOf<typeof operation>): Promise<string> {
    const { name } = await this.cluster.run(clusterId);
    const registry = normalRegistry(text) ?? text;
    if (!(await this.store.remove(clusterId, registry))) {
      throw failure(operation, 'PULL_SECRET_NOT_FOUND', `Cluster "${name}" has no credential for this registry.`);
    }
    return registry;
  }
}
