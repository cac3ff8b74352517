import { fileNames, printYaml } from '@ushadow/compiler';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RpcCaller } from '@ushadow/messaging';
import { toDiagnostics, toPlace } from '../catalog/to-diagnostic.ts';
import type { CompileEntry } from './compile-entry.ts';
import { maskValues } from './mask-values.ts';
import { redactSecret } from './redact-secret.ts';
import { secretValues } from './secret-values.ts';

type Operation = typeof operations.previewService;

/** What a deploy would apply, as files; secret values are masked, wherever they stand. */
export class PreviewService {
  private readonly compileEntry: CompileEntry;
  private readonly caller: RpcCaller;

  constructor(compileEntry: CompileEntry, caller: RpcCaller) {
    this.compileEntry = compileEntry;
    this.caller = caller;
  }

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { namespace, cluster_id: clusterId } = input;
    const { entry, diagnostics, environment, result } = await this.compileEntry.run({
      serviceId: input.service_id,
      namespace,
      place: clusterId === undefined ? undefined : { clusterId, namespace },
      spec: input.k8s_spec,
      nodeName: undefined,
      typed: input.env_vars,
      secrets: input.env_secrets,
      variables: input.variables,
      allowUnresolved: input.allow_unresolved ?? false,
      kubeVersion: clusterId === undefined ? undefined : await this.versionOf(clusterId),
    });
    const names = fileNames(result.objects);
    const secrets = secretValues(environment.chosen, environment.services);
    return {
      service_id: entry.id,
      manifests: result.objects.map((object, index) => ({
        file: names[index] ?? `${object.metadata.name}.yaml`,
        kind: object.kind,
        name: object.metadata.name,
        yaml: printYaml([maskValues(redactSecret(object), secrets)]),
      })),
      diagnostics: toDiagnostics(diagnostics, entry.source),
      source_map: result.sourceMap.map((mapping) => {
        const { file = null, line = null, column = null } = toPlace(mapping.position, entry.source);
        return {
          object: `${mapping.object.kind}/${mapping.object.name}`,
          pointer: mapping.pointer,
          file,
          line,
          column,
        };
      }),
    };
  }

  private async versionOf(clusterId: string): Promise<string | undefined> {
    const { version } = await this.caller.call(operations.getCluster, { cluster_id: clusterId });
    return version ?? undefined;
  }
}
