import type { DesiredState } from '@ushadow/deploy-engine';
import { objectId, objectKey, type ObjectId } from '@ushadow/kubernetes';
import type { Deployment } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';

/** What other deployments under way in the same place are about to write, of all that one depends on. */
export interface Expected {
  readonly objects: readonly ObjectId[];
  /** Services among them whose deployment no worker has in hand. */
  readonly unheld: readonly string[];
}

export async function expectedObjects(
  { clusterId, namespace }: Deployment,
  { objects, dependencies }: DesiredState,
  deployments: DeploymentStore,
): Promise<Expected> {
  const own = new Set(objects.map((object) => objectKey(objectId(object))));
  const outside = dependencies.map(({ on }) => on).filter((on) => !own.has(objectKey(on)));
  if (outside.length === 0) return { objects: [], unheld: [] };
  // A workload is called like its service.
  const names = outside.map(({ name }) => name);
  const coming = await deployments.bringing({ clusterId, namespace, serviceNames: names });
  return {
    objects: outside.filter(({ name }) => coming.some(({ serviceName }) => serviceName === name)),
    unheld: coming.flatMap(({ serviceName, isHeld }) => (isHeld ? [] : [serviceName])),
  };
}
