import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import { seal } from '@ushadow/secrets';
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
      sealed: seal(JSON.stringify({ objects: result.objects, dependencies: result.dependencies }), input.recipient),
      environment: usedVariables(environment.variables, namesInSecrets(result.objects), this.digest),
      diagnostics: diagnostics.map((found) => toDiagnostic(found, entry.source)),
    };
  }
}
