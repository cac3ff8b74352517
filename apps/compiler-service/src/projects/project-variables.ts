import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import type { Catalog } from '../catalog/catalog.ts';
import { findPlace } from '../environment/find-place.ts';
import type { Workers } from '../work/workers.ts';
import type { GatherInputs } from './gathering.ts';

const operation = operations.projectVariables;

interface Parts {
  readonly catalog: Catalog;
  readonly gather: GatherInputs;
  readonly caller: RpcCaller;
  readonly workers: Workers;
}

/** Has the variables of a project told. */
export class ProjectVariables {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { catalog, gather, caller, workers } = this.parts;
    const { project: stem, cluster_id: clusterId, namespace } = input;
    const found = await catalog.findProject(stem);
    if (found === undefined) throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${stem}.`);
    const { source, all } = found;
    const place = clusterId === undefined ? undefined : await findPlace(caller, clusterId, namespace);
    const gathering = await gather.run({ source, services: all, place });
    return workers.run('listVariables', { source, input, gathering });
  }
}
