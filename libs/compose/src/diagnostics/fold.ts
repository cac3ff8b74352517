import type { Diagnostic } from './diagnostic.ts';

/** A finding with the others of its kind. */
export interface FoldedDiagnostic extends Diagnostic {
  /** Where it was found beside its own place, in the order given. */
  readonly places: readonly Diagnostic[];
}

/**
 * One finding for each kind, at the place where it was found first; nothing is lost, and an error is never folded: each has to be
 * put right by itself. Findings about keys are of one kind when they are about one key.
 */
export function foldDiagnostics(diagnostics: readonly Diagnostic[]): readonly FoldedDiagnostic[] {
  const kinds = new Map<string, Diagnostic[]>();
  diagnostics.forEach((diagnostic, index) => {
    const { code, severity, params } = diagnostic;
    const kind = severity === 'error' ? `${String(index)}` : `${severity} ${code} ${String(params?.['key'] ?? '')}`;
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [diagnostic]);
    else known.push(diagnostic);
  });
  return [...kinds.values()].flatMap(([first, ...places]) => (first === undefined ? [] : [{ ...first, places }]));
}
