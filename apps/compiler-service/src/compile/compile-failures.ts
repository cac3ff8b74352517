import type { Diagnostic, PositionIndex } from '@ushadow/compose';
import { DomainError } from '@ushadow/contracts';
import type { CatalogEntry } from '../catalog/catalog.ts';
import type { MissingVariable } from '../catalog/missing-variables.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';

/** Names the first error with its place; all of them are in the details. */
export function compileFailed(entry: CatalogEntry, diagnostics: readonly Diagnostic[]): DomainError {
  const errors = diagnostics
    .filter((found) => found.severity === 'error')
    .map((found) => toDiagnostic(found, entry.source));
  const [first] = errors;
  const where =
    first?.file === undefined ? entry.source.file : `${first.file}:${String(first.line)}:${String(first.column)}`;
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : '';
  const message = `${entry.name} cannot be compiled: ${where}: ${first?.message ?? 'unknown'}${more}`;
  return new DomainError('COMPILE_FAILED', 'invalid', message, { details: { diagnostics: errors } });
}

/** Compiling for files would guess an image; deploying must not. */
export function missingImage(entry: CatalogEntry, message: string, positions: PositionIndex): Diagnostic {
  const path = `/services/${entry.name}`;
  const position = positions.at(path);
  return {
    code: 'SERVICE_WITHOUT_IMAGE',
    severity: 'error',
    message,
    remedy: 'Name an image that the cluster can pull.',
    path,
    ...(position === undefined ? {} : { position }),
  };
}

/** Outside a service's environment only a value for the whole file helps. */
export function missingVariable({ variable, found }: MissingVariable): Diagnostic {
  const remedy = `Give ${variable} a value under \`variables\`, or in the \`.env\` beside the Compose file.`;
  return { ...found, remedy };
}
