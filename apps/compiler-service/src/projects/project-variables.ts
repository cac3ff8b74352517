import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { RpcCaller } from '@ushadow/messaging';
import { Catalog } from '../catalog/catalog.ts';
import { findPlace } from '../environment/place.ts';
import { Workers } from '../work/workers.ts';
import { GatherInputs } from './gathering.ts';

const operation = operations.projectVariables;

/** Has a worker describe the variables of a project. */
@Injectable()
export class ProjectVariables {
  constructor(
    private readonly catalog: Catalog,
    private readonly gather: GatherInputs,
    private readonly caller: RpcCaller,
    private readonly workers: Workers,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { catalog, gather, caller, workers } = this;
    const { project: stem, cluster_id: clusterId, namespace } = input;
    const found = await catalog.findProject(stem);
    if (found === undefined) throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${stem}.`);
    const { source, all } = found;
    const place = clusterId === undefined ? undefined : await findPlace(caller, clusterId, namespace);
    const gathering = await gather.run({ source, services: all, place });
    return workers.run('listVariables', { source, input, gathering });
  }
}
