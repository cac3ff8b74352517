import { foldDiagnostics, type Diagnostic, type Severity } from '@ushadow/compose';
import { relative } from 'node:path';
import { codeFrame } from './code-frame.ts';
import type { TextStyler, Style } from './terminal-text.ts';

const STYLES: Record<Severity, Style> = { error: 'red', warning: 'yellow', info: 'blue' };

export interface PrintOptions {
  readonly workingDirectory: string;
  readonly styled: TextStyler;
  /** Text of a file for its code frame; undefined: no frame. */
  readonly source: (file: string) => string | undefined;
}

/** Places beside the first that are listed. */
const LISTED_MAX = 8;

/** Findings of one kind as one: severity, code, place, message, frame, remedy, and where else. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions): readonly string[] {
  return foldDiagnostics(diagnostics).map(({ places, ...first }) =>
    [
      formatDiagnostic(first, options),
      ...alsoAt(
        first.message,
        places.map((each) => ({ place: placeOf(each, options), message: each.message })),
      ).map((line) => `  ${line}`),
    ].join('\n'),
  );
}

/** Where else a finding was made, a line for each; in its own words where they are others. */
export function alsoAt(
  message: string,
  places: readonly { readonly place: string; readonly message: string }[],
): readonly string[] {
  const shown = places.slice(0, LISTED_MAX);
  const left = places.length - shown.length;
  return [
    ...shown.map((each) => `also ${each.place}${each.message === message ? '' : ` ${each.message}`}`),
    ...(left > 0 ? [`and ${String(left)} more`] : []),
  ];
}

function placeOf({ position, path }: Diagnostic, { workingDirectory }: Pick<PrintOptions, 'workingDirectory'>): string {
  return position
    ? `${relative(workingDirectory, position.file) || position.file}:${position.line}:${position.column}`
    : path;
}

/** One finding: severity, code, place, message, frame, remedy. */
function formatDiagnostic(diagnostic: Diagnostic, { workingDirectory, styled, source }: PrintOptions): string {
  const { severity, code, message, remedy, position } = diagnostic;
  const place = placeOf(diagnostic, { workingDirectory });
  const head = `${styled(STYLES[severity], `${severity} ${code}`)} ${styled('bold', place)}`;
  const text = position ? source(position.file) : undefined;
  const frame = position && text !== undefined ? [codeFrame(text, position, styled)] : [];
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
