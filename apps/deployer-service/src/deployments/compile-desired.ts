import { operations, type ClusterData, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import type { RpcCaller } from '@ushadow/messaging';
import { open, type SealKeys } from '@ushadow/secrets';
import type { CompiledObjects } from './desired-state.ts';
import { PullSecrets } from './pull-secrets.ts';

/** What to compile, for which place: the part of a request that a deployment and a plan share. */
export type DesiredRequest = Pick<
  InputOf<typeof operations.planDeployment>,
  | 'cluster_id'
  | 'service_id'
  | 'namespace'
  | 'node_name'
  | 'k8s_spec'
  | 'env_vars'
  | 'env_secrets'
  | 'variables'
  | 'allow_unresolved'
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
  private readonly pullSecrets: PullSecrets;

  constructor(caller: RpcCaller, keys: SealKeys) {
    this.caller = caller;
    this.keys = keys;
    this.pullSecrets = new PullSecrets(caller, keys);
  }

  async run(request: DesiredRequest): Promise<CompiledDesired> {
    const cluster = await this.caller.call(operations.getCluster, { cluster_id: request.cluster_id });
    const namespace = request.namespace ?? cluster.namespace;
    const compiled = await this.pullSecrets.complete(request.cluster_id, (pullSecrets) =>
      this.compile(request, namespace, pullSecrets),
    );
    const { serviceName, environment, diagnostics, objects, dependencies, sourceMap } = compiled;
    const desired: CompiledObjects = {
      objects,
      dependencies,
      environment,
      ...(sourceMap === undefined ? {} : { sourceMap }),
    };
    return { cluster, namespace, serviceName, text: JSON.stringify(desired), objects, diagnostics };
  }

  private async compile(request: DesiredRequest, namespace: string, pullSecrets: readonly string[]) {
    const compiled = await this.caller.call(operations.compileService, {
      cluster_id: request.cluster_id,
      service_id: request.service_id,
      namespace,
      k8s_spec: request.k8s_spec,
      node_name: request.node_name,
      env_vars: request.env_vars,
      env_secrets: request.env_secrets,
      variables: request.variables,
      allow_unresolved: request.allow_unresolved,
      pull_secrets: [...pullSecrets],
      recipient: this.keys.publicKey,
    });
    const opened = open(compiled.sealed, this.keys).toString('utf8');
    const { objects, dependencies, sourceMap } = JSON.parse(opened) as Omit<CompiledObjects, 'environment'>;
    const { service_name: serviceName, environment, diagnostics } = compiled;
    return { namespace, serviceName, environment, diagnostics, objects, dependencies, sourceMap };
  }
}
