import { operations, type ClusterData, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import { open, type SealKeys } from '@ushadow/secrets';
import type { CompiledObjects } from './desired-state.ts';

/** What to compile, for which place: the part of a request that a deployment and a plan share. */
export type DesiredRequest = Pick<
  InputOf<typeof operations.planDeployment>,
  'cluster_id' | 'service_id' | 'namespace' | 'node_name' | 'k8s_spec' | 'env_vars'
>;

export interface CompiledDesired {
  readonly cluster: ClusterData;
  readonly namespace: string;
  readonly serviceName: string;
  /** JSON of `CompiledObjects`, in clear: it holds Secrets and is only kept encrypted. */
  readonly text: string;
  readonly objects: readonly KubeObject[];
  readonly diagnostics: OutputOf<typeof operations.compileService>['diagnostics'];
}

/** Everything a service is to consist of in its cluster, as the compiler makes it now. */
export class CompileDesired {
  private readonly caller: RpcCaller;
  private readonly keys: SealKeys;

  constructor(caller: RpcCaller, keys: SealKeys) {
    this.caller = caller;
    this.keys = keys;
  }

  async run(request: DesiredRequest): Promise<CompiledDesired> {
    const cluster = await this.caller.call(operations.getCluster, { cluster_id: request.cluster_id });
    const namespace = request.namespace ?? cluster.namespace;
    const compiled = await this.caller.call(operations.compileService, {
      service_id: request.service_id,
      namespace,
      k8s_spec: request.k8s_spec,
      node_name: request.node_name,
      env_vars: request.env_vars,
      recipient: this.keys.publicKey,
    });
    const text = open(compiled.sealed, this.keys).toString('utf8');
    const { objects } = JSON.parse(text) as CompiledObjects;
    const { service_name: serviceName, diagnostics } = compiled;
    return { cluster, namespace, serviceName, text, objects, diagnostics };
  }
}
