import type { CompileResult } from '@ushadow/compiler';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';
import { relative } from 'node:path';
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
    });
    return {
      service_id: entry.id,
      service_name: deployedName(entry, result),
      sealed: seal(JSON.stringify(this.travelling(result)), input.recipient),
      diagnostics: diagnostics.map((found) => toDiagnostic(found, this.catalog.root)),
    };
  }

  /** Files are named below the catalog's folder: where that lies is nobody's business. */
  private travelling({ objects, dependencies, sourceMap }: CompileResult): CompiledObjects {
    const named = sourceMap.map((entry) => {
      const { position } = entry;
      if (position === undefined) return entry;
      return { ...entry, position: { ...position, file: relative(this.catalog.root, position.file) } };
    });
    return { objects, dependencies, sourceMap: named };
  }
}

type CompiledObjects = Pick<CompileResult, 'objects' | 'dependencies' | 'sourceMap'>;
