import { fileNames, printYaml } from '@ushadow/compiler';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { redactSecret } from './redact-secret.ts';
import { relative } from 'node:path';
import type { Catalog } from '../catalog/catalog.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';
import { compileEntry } from './compile-entry.ts';

type Operation = typeof operations.previewService;

/** What a deploy would apply, as files; Secret values are masked. */
export class PreviewService {
  private readonly catalog: Catalog;

  constructor(catalog: Catalog) {
    this.catalog = catalog;
  }

  run(input: InputOf<Operation>): OutputOf<Operation> {
    const { entry, diagnostics, result } = compileEntry(this.catalog, {
      serviceId: input.service_id,
      namespace: input.namespace,
      spec: input.k8s_spec,
      nodeName: undefined,
      environment: input.env_vars,
    });
    const names = fileNames(result.objects);
    return {
      service_id: entry.id,
      manifests: result.objects.map((object, index) => ({
        file: names[index] ?? `${object.metadata.name}.yaml`,
        kind: object.kind,
        name: object.metadata.name,
        yaml: printYaml([redactSecret(object)]),
      })),
      diagnostics: diagnostics.map((found) => toDiagnostic(found, this.catalog.root)),
      source_map: result.sourceMap.map((mapping) => ({
        object: `${mapping.object.kind}/${mapping.object.name}`,
        pointer: mapping.pointer,
        file: mapping.position === undefined ? null : relative(this.catalog.root, mapping.position.file),
        line: mapping.position?.line ?? null,
        column: mapping.position?.column ?? null,
      })),
    };
  }
}
