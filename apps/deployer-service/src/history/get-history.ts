import { operations, type InputOf, type OutputOf, type RevisionData } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { currentRevision, isBad, isOffered } from './revisions.ts';

type Operation = typeof operations.getHistory;
/** Among so many of the newest the current one is found; beyond them nothing is marked as current. */
const RECENT = 100;

export class GetHistory {
  private readonly store: DeploymentStore;
  private readonly caller: RpcCaller;

  constructor(store: DeploymentStore, caller: RpcCaller) {
    this.store = store;
    this.caller = caller;
  }

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { cluster_id: clusterId, service_name: serviceName } = input;
    const cluster = await this.caller.call(operations.getCluster, { cluster_id: clusterId });
    const namespace = input.namespace ?? cluster.namespace;
    const place = { clusterId, namespace, serviceName };
    const page = input.before === undefined ? {} : { below: input.before };
    const revisions = await this.store.ofPlace(place, { ...page, limit: input.limit });
    const current = currentRevision(await this.store.ofPlace(place, { limit: RECENT }));
    const marked = revisions.map((each) => marks(each, current));
    return { namespace, service_name: serviceName, revisions: marked };
  }
}

function marks(deployment: Deployment, current: Deployment | undefined): RevisionData {
  return {
    ...toContract(deployment),
    current: deployment.id === current?.id,
    bad: isBad(deployment),
    offered: isOffered(deployment, current),
  };
}
