import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { formatObjectId } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import type { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import type { CompiledObjects } from '../deployments/desired-state.ts';
import { notDeployed } from '../history/rollback.ts';

type Operation = typeof operations.removeService;

interface Parts {
  readonly store: DeploymentStore;
  readonly begin: BeginDeployment;
  readonly caller: RpcCaller;
}

const NOTHING: CompiledObjects = { objects: [], dependencies: [], environment: [] };

/** Deletes what a service has by its inventory: exactly the objects that are its own. */
export class RemoveService {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<Operation>, context: RequestContext): Promise<OutputOf<Operation>> {
    const { store, begin, caller } = this.parts;
    const { cluster_id: clusterId, service_name: serviceName } = input;
    const cluster = await caller.call(operations.getCluster, { cluster_id: clusterId });
    const place = { clusterId, namespace: input.namespace ?? cluster.namespace, serviceName };
    const [newest] = await store.ofPlace(place, { limit: 1 });
    if (newest === undefined) throw notDeployed(place);
    const inventory = (await store.inventory(place)) ?? [];
    const deployment = await begin.run(
      {
        ...place,
        ...defaultOptions,
        kind: 'remove',
        serviceId: newest.serviceId,
        rollback: false,
        deleteClaims: input.delete_claims ?? [],
        objects: inventory.map(({ object }) => formatObjectId(object)),
        basedOn: null,
        planId: null,
        planHash: null,
        text: JSON.stringify(NOTHING),
        supersede: input.supersede,
        message: input.message,
      },
      context,
    );
    return toContract(deployment);
  }
}
