import { Injectable } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { summarisePod } from '@ushadow/kubernetes';
import { RpcCaller } from '@ushadow/messaging';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';

type Operation = typeof operations.listPods;

@Injectable()
export class ListPods {
  constructor(
    private readonly clusters: ClusterConnections,
    private readonly caller: RpcCaller,
  ) {}

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const namespace =
      input.namespace ?? (await this.caller.call(operations.getCluster, { cluster_id: input.cluster_id })).namespace;
    const cluster = await this.clusters.to(input.cluster_id);
    const selector =
      input.service_name === undefined ? {} : { labelSelector: `app.kubernetes.io/name=${input.service_name}` };
    try {
      const { items } = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace, ...selector });
      return { pods: items.map((pod) => summarisePod(pod, Date.now())), namespace };
    } catch (error) {
      throw toClusterError(error);
    }
  }
}
