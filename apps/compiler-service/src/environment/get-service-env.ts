import { DomainError, failure, operations, type InputOf, type ServiceEnvironmentData } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { Catalog, CatalogEntry } from '../catalog/catalog.ts';
import type { InstallationKeys } from '../keys/installation-keys.ts';
import type { GatherInputs } from '../projects/gathering.ts';
import type { Workers } from '../work/workers.ts';
import type { LastEnvironment } from './environment.mapper.ts';
import { findPlace } from './find-place.ts';
import type { Place } from './place.ts';

const operation = operations.getServiceEnv;

interface Parts {
  readonly catalog: Catalog;
  readonly gather: GatherInputs;
  readonly caller: RpcCaller;
  readonly keys: InstallationKeys;
  readonly workers: Workers;
}

/** A service's environment as a deployment would get it now, with every other candidate and what was used last. */
export class GetServiceEnv {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operation>): Promise<ServiceEnvironmentData> {
    const { catalog, caller } = this.parts;
    const { service_id: id, cluster_id: clusterId, namespace } = input;
    const entry = await catalog.find(id);
    if (entry === undefined) throw failure(operation, 'SERVICE_NOT_FOUND', `The catalog has no service ${id}.`);
    const place = clusterId === undefined ? undefined : await findPlace(caller, clusterId, namespace);
    return this.tell(entry, place);
  }

  async tell(entry: CatalogEntry, place: Place | undefined): Promise<ServiceEnvironmentData> {
    const { gather, keys, workers } = this.parts;
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
      return await this.parts.caller.call(operations.lastEnvironment, {
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
