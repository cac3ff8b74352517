import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { ClusterConnections } from '../clusters/cluster-connections.ts';
import { toClusterError } from '../clusters/to-cluster-error.ts';
import { environmentObjects } from './environment-objects.ts';

type Operation = typeof operations.applyEnvmap;
const MANAGER = 'ushadow';

/** Writes a service's ConfigMap and Secret without deploying it. */
export class ApplyEnvmap {
  private readonly clusters: ClusterConnections;
  private readonly caller: RpcCaller;

  constructor(clusters: ClusterConnections, caller: RpcCaller) {
    this.clusters = clusters;
    this.caller = caller;
  }

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const namespace =
      input.namespace ?? (await this.caller.call(operations.getCluster, { cluster_id: input.cluster_id })).namespace;
    const cluster = await this.clusters.to(input.cluster_id);
    const { configMap, secret } = environmentObjects(input.service_name, namespace, input.env_vars);
    try {
      await cluster.apply(
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace, labels: { 'app.kubernetes.io/managed-by': 'ushadow' } },
        },
        { fieldManager: MANAGER },
      );
      for (const object of [configMap, secret])
        if (object !== undefined) await cluster.apply(object, { fieldManager: MANAGER });
    } catch (error) {
      throw toClusterError(error);
    }
    return {
      success: true,
      configmap: configMap?.metadata.name ?? null,
      secret: secret?.metadata.name ?? null,
      namespace,
    };
  }
}
