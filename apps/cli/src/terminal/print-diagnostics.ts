import type { Diagnostic, Severity } from '@ushadow/compose';
import { relative } from 'node:path';
import { codeFrame } from './code-frame.ts';
import type { Paint, Style } from './paint.ts';

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', info: 'blue' };

export interface PrintOptions {
  readonly workingDirectory: string;
  readonly paint: Paint;
  /** Text of a file for its code frame; undefined: no frame. */
  readonly source: (file: string) => string | undefined;
}

/** One finding: severity, code, place, message, frame, remedy. */
export function formatDiagnostic(diagnostic: Diagnostic, { workingDirectory, paint, source }: PrintOptions): string {
  const { severity, code, message, remedy, position } = diagnostic;
  const place = position
    ? `${relative(workingDirectory, position.file) || position.file}:${position.line}:${position.column}`
    : diagnostic.path;
  const head = `${paint(STYLES[severity], `${severity} ${code}`)} ${paint('bold', place)}`;
  const text = position ? source(position.file) : undefined;
  const frame = position && text !== undefined ? [codeFrame(text, position, paint)] : [];
  return [`${head.trimEnd()} ${message}`, ...frame, `  ${remedy}`].join('\n');
}

/** "2 errors, 1 warning"; empty when there is nothing. */
export function countOf(diagnostics: readonly Diagnostic[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    const noun = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'}`];
  });
  return parts.join(', ');
}
