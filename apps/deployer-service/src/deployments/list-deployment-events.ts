import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { DeploymentStore } from './store/deployment.store.ts';
import { ProgressStore } from './store/progress.store.ts';

const operation = operations.listDeploymentEvents;

@Injectable()
export class ListDeploymentEvents {
  constructor(
    private readonly deployments: DeploymentStore,
    private readonly progress: ProgressStore,
  ) {}

  /** The deployment is read before its events: a final status is then never reported with its last events missing. */
  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const deployment = await this.deployments.find(input.deployment_id);
    if (deployment === undefined)
      throw failure(operation, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${input.deployment_id}.`);
    const events = await this.progress.after(deployment.id, input.after, input.limit);
    return { events, status: deployment.status, last_sequence: deployment.lastSequence };
  }
}
