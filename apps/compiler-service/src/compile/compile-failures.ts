import type { Diagnostic, Position, PositionIndex } from '@ushadow/compose';
import { DomainError } from '@ushadow/contracts';
import type { SourcePlace } from '../catalog/project-source.ts';
import type { MissingVariable } from '../catalog/missing-variables.ts';
import { toDiagnostic } from '../catalog/to-diagnostic.ts';

/** A service, or a whole project. */
export interface Failing {
  readonly name: string;
  readonly source: SourcePlace;
}

/** Names the first error with its place; all of them are in the details. */
export function compileFailed({ name, source }: Failing, diagnostics: readonly Diagnostic[]): DomainError {
  const errors = diagnostics.filter((found) => found.severity === 'error').map((found) => toDiagnostic(found, source));
  const [first] = errors;
  const where = first?.file === undefined ? source.file : `${first.file}:${String(first.line)}:${String(first.column)}`;
  const more = errors.length > 1 ? ` (and ${String(errors.length - 1)} more)` : '';
  const message = `${name} cannot be compiled: ${where}: ${first?.message ?? 'unknown'}${more}`;
  return new DomainError('COMPILE_FAILED', 'invalid', message, { details: { diagnostics: errors } });
}

/** Compiling for files would guess an image; deploying must not. */
export function missingImage(service: string, message: string, positions: PositionIndex): Diagnostic {
  const path = `/services/${service}`;
  const places = ['/services', '/disabledServices'].flatMap((section) => [
    `${section}/${service}/build`,
    `${section}/${service}`,
  ]);
  const around = new Set(['/services', '/disabledServices', ''].map((each) => textOf(positions.at(each))));
  const position = places.map((each) => positions.at(each)).find((each) => !around.has(textOf(each)));
  return {
    code: 'SERVICE_WITHOUT_IMAGE',
    severity: 'error',
    message,
    remedy: 'Name an image that the cluster can pull.',
    path,
    ...(position === undefined ? {} : { position }),
  };
}

function textOf(position: Position | undefined): string {
  return JSON.stringify(position);
}

/** Outside a service's environment only a value for the whole file helps. */
export function missingVariable({ variable, found }: MissingVariable): Diagnostic {
  const remedy = `Give ${variable} a value under \`variables\`, or in the \`.env\` beside the Compose file.`;
  return { ...found, remedy };
}
