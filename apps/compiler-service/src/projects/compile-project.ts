import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { UnusedUploadStore } from '../uploads/unused-uploads.store.ts';
import { Catalog } from '../catalog/catalog.ts';
import { InstallationKeys } from '../keys/installation-keys.ts';
import { Workers } from '../work/workers.ts';
import { GatherInputs } from './gathering.ts';

const operation = operations.compileProject;

/** Has a whole project compiled, for whoever deploys some of its services. */
@Injectable()
export class CompileProject {
  constructor(
    private readonly catalog: Catalog,
    private readonly gather: GatherInputs,
    private readonly keys: InstallationKeys,
    private readonly workers: Workers,
    private readonly unused: UnusedUploadStore,
  ) {}

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { catalog, gather, keys, workers, unused } = this;
    const found = await catalog.findProject(input.project);
    if (found === undefined)
      throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${input.project}.`);
    const { source, all } = found;
    if (source.origin === 'upload') await unused.noteUse(source.stem);
    const place = { clusterId: input.cluster_id, namespace: input.namespace };
    const gathering = await gather.run({ source, services: all, place });
    return workers.run('compileProject', { source, input, gathering, policy: catalog.policy, keys });
  }
}
