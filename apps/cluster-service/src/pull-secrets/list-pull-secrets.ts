import { Injectable } from '@nestjs/common';
import { GetCluster } from '../clusters/get-cluster.ts';
import { PullSecretStore } from './pull-secret.store.ts';
import type { PullSecret } from './pull-secret.ts';

@Injectable()
export class ListPullSecrets {
  constructor(
    private readonly cluster: GetCluster,
    private readonly store: PullSecretStore,
  ) {}

  async run(clusterId: string): Promise<readonly PullSecret[]> {
    await this.cluster.run(clusterId);
    return this.store.list(clusterId);
  }
}
