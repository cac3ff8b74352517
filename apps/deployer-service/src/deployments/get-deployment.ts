import { failure, operations, type DeploymentData } from '@ushadow/contracts';
import type { DeploymentStore } from './deployment.store.ts';
import { toContract } from './deployment.mapper.ts';

export class GetDeployment {
  private readonly store: DeploymentStore;

  constructor(store: DeploymentStore) {
    this.store = store;
  }

  async run(id: string): Promise<DeploymentData> {
    const deployment = await this.store.find(id);
    if (deployment === undefined)
      throw failure(operations.getDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    return toContract(deployment);
  }
}
