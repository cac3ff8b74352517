import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { inspectKubeconfig } from '../kubeconfig/inspect-kubeconfig.ts';
import { ListNodes } from '../nodes/list-nodes.ts';
import { accessManifest } from '../permissions/access-manifest.ts';
import { CheckPermissions } from '../permissions/check-permissions.ts';
import { CheckCluster } from './check-cluster.ts';
import { toContract, toRegistered } from './cluster.mapper.ts';
import { ClusterStore } from './cluster.store.ts';
import { DeleteCluster } from './delete-cluster.ts';
import { GetCluster } from './get-cluster.ts';
import { OpenConnection } from './open-connection.ts';
import { RegisterCluster } from './register-cluster.ts';
import { ReplaceCredential } from './replace-credential.ts';
import { UpdateCluster } from './update-cluster.ts';

@Controller()
export class ClustersController {
  constructor(
    private readonly store: ClusterStore,
    private readonly registerCluster: RegisterCluster,
    private readonly getCluster: GetCluster,
    private readonly checkCluster: CheckCluster,
    private readonly deleteCluster: DeleteCluster,
    private readonly openConnection: OpenConnection,
    private readonly listNodes: ListNodes,
    private readonly updateCluster: UpdateCluster,
    private readonly replaceCredential: ReplaceCredential,
    private readonly checkPermissions: CheckPermissions,
  ) {}

  @Handle(operations.registerCluster)
  async register(
    input: InputOf<typeof operations.registerCluster>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.registerCluster>> {
    return toRegistered(await this.registerCluster.run(input, context));
  }

  @Handle(operations.listClusters)
  async list(): Promise<OutputOf<typeof operations.listClusters>> {
    return (await this.store.list()).map(toContract);
  }

  @Handle(operations.getCluster)
  async get(input: InputOf<typeof operations.getCluster>): Promise<OutputOf<typeof operations.getCluster>> {
    return toContract(await this.getCluster.run(input.cluster_id));
  }

  @Handle(operations.checkCluster)
  async check(input: InputOf<typeof operations.checkCluster>): Promise<OutputOf<typeof operations.checkCluster>> {
    return toContract(await this.checkCluster.run(input.cluster_id));
  }

  @Handle(operations.deleteCluster)
  async delete(input: InputOf<typeof operations.deleteCluster>): Promise<OutputOf<typeof operations.deleteCluster>> {
    const { name } = await this.deleteCluster.run(input.cluster_id);
    const gone = `Cluster "${name}" was removed, and with it its credential, its registry credentials, and the data keys that alone could open them.`;
    const stays =
      'What was deployed to it is still there; its deployments stay in the history, their Secrets encrypted.';
    return { success: true, message: `${gone} ${stays}` };
  }

  @Handle(operations.listNodes)
  nodes(input: InputOf<typeof operations.listNodes>): Promise<OutputOf<typeof operations.listNodes>> {
    return this.listNodes.run(input.cluster_id);
  }

  @Handle(operations.openConnection)
  open(input: InputOf<typeof operations.openConnection>): Promise<OutputOf<typeof operations.openConnection>> {
    return this.openConnection.run(input.cluster_id);
  }

  @Handle(operations.updateCluster)
  async update(input: InputOf<typeof operations.updateCluster>): Promise<OutputOf<typeof operations.updateCluster>> {
    return toContract(await this.updateCluster.run(input));
  }

  @Handle(operations.replaceCredential)
  async replace(
    input: InputOf<typeof operations.replaceCredential>,
  ): Promise<OutputOf<typeof operations.replaceCredential>> {
    return toRegistered(await this.replaceCredential.run(input));
  }

  @Handle(operations.inspectKubeconfig)
  async inspect(
    input: InputOf<typeof operations.inspectKubeconfig>,
  ): Promise<OutputOf<typeof operations.inspectKubeconfig>> {
    return Promise.resolve(inspectKubeconfig(input));
  }

  @Handle(operations.checkPermissions)
  permissions(
    input: InputOf<typeof operations.checkPermissions>,
  ): Promise<OutputOf<typeof operations.checkPermissions>> {
    return this.checkPermissions.run(input.cluster_id, input.namespace);
  }

  @Handle(operations.getAccessManifest)
  async manifest(
    input: InputOf<typeof operations.getAccessManifest>,
  ): Promise<OutputOf<typeof operations.getAccessManifest>> {
    return Promise.resolve(accessManifest(input));
  }
}
