import { fileNames, printYaml } from '@ushadow/kubernetes';
import type { operations, OutputOf } from '@ushadow/contracts';
import { placesIn, toDiagnostics } from '../catalog/to-diagnostic.ts';
import { compileEntry, type CompileEntryTask } from './compile-entry.ts';
import { maskValues } from './mask-values.ts';
import { redactSecret } from './redact-secret.ts';
import { secretValues } from './secret-values.ts';

export type PreviewTask = CompileEntryTask;

/** What a deploy would apply, as files; secret values are masked, wherever they stand. */
export function previewEntry(task: PreviewTask): OutputOf<typeof operations.previewService> {
  const { entry, diagnostics, environment, result } = compileEntry(task);
  const names = fileNames(result.objects);
  const placeOf = placesIn(entry.source);
  const masked = maskValues(secretValues(environment.chosen, environment.services));
  return {
    service_id: entry.id,
    manifests: result.objects.map((object, index) => ({
      file: names[index] ?? `${object.metadata.name}.yaml`,
      kind: object.kind,
      name: object.metadata.name,
      yaml: printYaml([masked(redactSecret(object))]),
    })),
    diagnostics: toDiagnostics(diagnostics, entry.source),
    source_map: result.sourceMap.map((mapping) => {
      const { file = null, line = null, column = null } = placeOf(mapping.position);
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
