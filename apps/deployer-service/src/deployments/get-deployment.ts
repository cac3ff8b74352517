import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData } from '@ushadow/contracts';
import { DeploymentStore } from './store/deployment.store.ts';
import { toContract } from './deployment.mapper.ts';

@Injectable()
export class GetDeployment {
  constructor(private readonly store: DeploymentStore) {}

  async run(id: string): Promise<DeploymentData> {
    const deployment = await this.store.find(id);
    if (deployment === undefined)
      throw failure(operations.getDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    return toContract(deployment);
  }
}
