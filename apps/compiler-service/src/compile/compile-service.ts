import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';
import type { Catalog } from '../catalog/catalog.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';
import { compileEntry } from './compile-entry.ts';
import { deployedName } from './deployed-name.ts';

type Operation = typeof operations.compileService;

/** Compiles a service for whoever is to apply it; the objects hold Secrets, so they travel sealed to the asker's key. */
export class CompileService {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  run(input: InputOf<Operation>): OutputOf<Operation> {
    const { entry, diagnostics, result } = compileEntry(this.catalog, {
      serviceId: input.service_id,
      namespace: input.namespace,
      spec: input.k8s_spec,
      nodeName: input.node_name,
      environment: input.env_vars,
      pullSecrets: input.pull_secrets,
    });
    return {
      service_id: entry.id,
      service_name: deployedName(entry, result),
      sealed: seal(JSON.stringify({ objects: result.objects, dependencies: result.dependencies }), input.recipient),
      diagnostics: diagnostics.map((found) => toDiagnostic(found, this.catalog.root)),
    };
  }
}
