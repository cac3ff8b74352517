import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { UnusedUploadStore } from '../uploads/unused-uploads.store.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { InstallationKeys } from '../keys/installation-keys.ts';
import type { Workers } from '../work/workers.ts';
import type { GatherInputs } from './gathering.ts';

const operation = operations.compileProject;

interface Parts {
  readonly catalog: Catalog;
  readonly gather: GatherInputs;
  readonly keys: InstallationKeys;
  readonly workers: Workers;
  readonly unused: UnusedUploadStore;
}

/** Has a whole project compiled, for whoever deploys some of its services. */
export class CompileProject {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const { catalog, gather, keys, workers, unused } = this.parts;
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
