import { Injectable } from '@nestjs/common';
import { DomainError, failure, operations, type InputOf, type ServiceEnvironmentData } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { Catalog, type CatalogEntry } from '../catalog/catalog.ts';
import { InstallationKeys } from '../keys/installation-keys.ts';
import { GatherInputs } from '../projects/gathering.ts';
import { Workers } from '../work/workers.ts';
import type { LastEnvironment } from './environment.mapper.ts';
import { findPlace, type Place } from './place.ts';

const operation = operations.getServiceEnv;

/** A service's environment as a deployment would get it now, with every other candidate and what was used last. */
@Injectable()
export class GetServiceEnv {
  constructor(
    private readonly catalog: Catalog,
    private readonly gather: GatherInputs,
    private readonly caller: RpcCaller,
    private readonly keys: InstallationKeys,
    private readonly workers: Workers,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<ServiceEnvironmentData> {
    const { catalog, caller } = this;
    const { service_id: id, cluster_id: clusterId, namespace } = input;
    const entry = await catalog.find(id);
    if (entry === undefined) throw failure(operation, 'SERVICE_NOT_FOUND', `The catalog has no service ${id}.`);
    const place = clusterId === undefined ? undefined : await findPlace(caller, clusterId, namespace);
    return this.describe(entry, place);
  }

  async describe(entry: CatalogEntry, place: Place | undefined): Promise<ServiceEnvironmentData> {
    const { gather, keys, workers } = this;
    const { id, name, service, source, siblings } = entry;
    const [gathering, { last, unavailable }] = await Promise.all([
      gather.run({ source, services: siblings, place }),
      this.lastEnvironment(entry, place),
    ]);
    return workers.run('describeEnvironment', {
      source,
      service: { id, name, service },
      place,
      gathering,
      last,
      lastUnavailable: unavailable,
      digestKey: keys.values,
    });
  }

  private async lastEnvironment(
    { id }: CatalogEntry,
    place: Place | undefined,
  ): Promise<{ last: LastEnvironment; unavailable?: string }> {
    if (place === undefined) return { last: null };
    const { clusterId, namespace } = place;
    try {
      return await this.caller.call(operations.lastEnvironment, {
        cluster_id: clusterId,
        namespace,
        service_id: id,
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { last: null, unavailable: `What the last deployment used cannot be asked for: ${error.message}` };
    }
  }
}
