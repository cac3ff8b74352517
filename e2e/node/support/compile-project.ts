import { fileURLToPath } from 'node:url';
import { compileFile } from '../../../libs/compiler/test/harness/compile-file.ts';
import type { CompileOptions, CompileResult, Target } from '@ushadow/compiler';

/** Compiles projects/NAME/compose.yaml. @throws Error with the diagnostics when there are errors */
export function compileProject(name: string, target: Target, options: CompileOptions = {}): CompileResult {
  const file = fileURLToPath(new URL(`../projects/${name}/compose.yaml`, import.meta.url));
  const { result, diagnostics } = compileFile([file], {
    environment: {},
    target,
    options: { createNamespace: true, ...options },
  });
  if (!result?.ok)
    throw new Error(
      diagnostics
        .filter((d) => d.severity === 'error')
        .map((d) => d.message)
        .join('\n'),
    );
  return result;
}
