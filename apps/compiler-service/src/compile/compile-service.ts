import type { CompileResult } from '@ushadow/compiler';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';
import { relative } from 'node:path';
import type { ProjectSource } from '../catalog/project-source.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';
import { usedVariables } from '../environment/used-variables.ts';
import type { ValueDigest } from '../environment/value-digest.ts';
import type { CompileEntry } from './compile-entry.ts';
import { deployedName } from './deployed-name.ts';
import { namesInSecrets } from './names-in-secrets.ts';

type Operation = typeof operations.compileService;

/** Compiles a service for whoever is to apply it; the objects hold Secrets, so they travel sealed to the asker's key. */
export class CompileService {
  private readonly compileEntry: CompileEntry;
  private readonly digest: ValueDigest;

  constructor(compileEntry: CompileEntry, digest: ValueDigest) {
    this.compileEntry = compileEntry;
    this.digest = digest;
  }

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { namespace } = input;
    const { entry, diagnostics, environment, result } = await this.compileEntry.run({
      serviceId: input.service_id,
      namespace,
      place: { clusterId: input.cluster_id, namespace },
      spec: input.k8s_spec,
      nodeName: input.node_name,
      typed: input.env_vars,
      secrets: input.env_secrets,
      variables: input.variables,
      allowUnresolved: input.allow_unresolved ?? false,
      pullSecrets: input.pull_secrets,
    });
    return {
      service_id: entry.id,
      service_name: deployedName(entry, result),
      sealed: seal(JSON.stringify(travelling(result, entry.source)), input.recipient),
      environment: usedVariables(environment.variables, namesInSecrets(result.objects), this.digest),
      diagnostics: diagnostics.map((found) => toDiagnostic(found, entry.source)),
    };
  }
}

type CompiledObjects = Pick<CompileResult, 'objects' | 'dependencies' | 'sourceMap'>;

/** Files are named below the folder of their source: where that lies is nobody's business. */
function travelling(
  { objects, dependencies, sourceMap }: CompileResult,
  { base }: Pick<ProjectSource, 'base'>,
): CompiledObjects {
  const named = sourceMap.map((entry) => {
    const { position } = entry;
    if (position === undefined) return entry;
    return { ...entry, position: { ...position, file: relative(base, position.file) } };
  });
  return { objects, dependencies, sourceMap: named };
}
