import { Injectable } from '@nestjs/common';
import {
  DomainError,
  failure,
  operations,
  type InputOf,
  type OutputOf,
  type RouteTargetData,
} from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { Catalog } from '../catalog/catalog.ts';
import { InstallationKeys } from '../keys/installation-keys.ts';
import { GatherInputs } from '../projects/gathering.ts';
import { Workers } from '../work/workers.ts';

const operation = operations.previewService;

/** Has one service compiled to what a deploy would apply. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly catalog: Catalog,
    private readonly gather: GatherInputs,
    private readonly caller: RpcCaller,
    private readonly keys: InstallationKeys,
    private readonly workers: Workers,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { catalog, gather, keys, workers } = this;
    const { service_id: id, namespace, cluster_id: clusterId } = input;
    const entry = await catalog.find(id);
    if (entry === undefined) throw failure(operation, 'SERVICE_NOT_FOUND', `The catalog has no service ${id}.`);
    const { name, service, source, siblings } = entry;
    const place = clusterId === undefined ? undefined : { clusterId, namespace };
    const [gathering, kubeVersion, routes] = await Promise.all([
      gather.run({ source, services: siblings, place }),
      this.versionOf(clusterId),
      this.routesOf(clusterId, namespace),
    ]);
    const request = {
      namespace,
      spec: input.k8s_spec,
      nodeName: undefined,
      typed: input.env_vars,
      secrets: input.env_secrets,
      variables: input.variables,
      allowUnresolved: input.allow_unresolved ?? false,
      kubeVersion,
      routes,
    };
    const { policy } = catalog;
    const checksumKey = keys.checksum;
    const what = { source, service: { id, name, service }, request, gathering, policy, checksumKey };
    return workers.run('previewService', what);
  }

  /** As a deployment would have them; while nobody says, Ingresses. */
  private async routesOf(clusterId: string | undefined, namespace: string): Promise<RouteTargetData | undefined> {
    if (clusterId === undefined) return undefined;
    try {
      const { routes } = await this.caller.call(operations.getRouteTarget, { cluster_id: clusterId, namespace });
      return routes ?? undefined;
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }

  private async versionOf(clusterId: string | undefined): Promise<string | undefined> {
    if (clusterId === undefined) return undefined;
    const { version } = await this.caller.call(operations.getCluster, { cluster_id: clusterId });
    return version ?? undefined;
  }
}
