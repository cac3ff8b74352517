import { Injectable } from '@nestjs/common';
import { clusterTarget, type InputOf, type operations, type OutputOf } from '@ushadow/contracts';
import { DeploymentStore } from './store/deployment.store.ts';
import { splitServiceId } from './start-deployment.ts';

type Operation = typeof operations.lastEnvironment;

/** What the last deployment of a service to a place was made with, however it ended. */
@Injectable()
export class LastEnvironment {
  constructor(private readonly store: DeploymentStore) {}

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { cluster_id: clusterId, namespace, service_id: serviceId } = input;
    const [project, service] = splitServiceId(serviceId);
    const last = await this.store.lastEnvironment({ target: clusterTarget(clusterId), namespace, project, service });
    if (last === undefined) return { last: null };
    const { id, createdAt, environment } = last;
    return { last: { deployment_id: id, time: createdAt.toISOString(), variables: [...environment] } };
  }
}
