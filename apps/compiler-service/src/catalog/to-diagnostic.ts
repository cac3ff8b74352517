import { foldDiagnostics, type Diagnostic, type Position } from '@ushadow/compose';
import type { DiagnosticData } from '@ushadow/contracts';
import { relative } from 'node:path';
import type { SourcePlace } from './project-source.ts';

type Base = Pick<SourcePlace, 'base'>;

/** A finding as it travels. Files are named below the catalog's folder: where that lies is nobody's business. */
export function toDiagnostic(found: Diagnostic, { base }: Base): DiagnosticData {
  const { code, severity, message, remedy, path, position } = found;
  return { code, severity, message: message.replaceAll(`${base}/`, ''), remedy, path, ...toPlace(position, { base }) };
}

/** Findings as they travel: those of one kind as one, with its places. */
export function toDiagnostics(found: readonly Diagnostic[], source: Base): DiagnosticData[] {
  return foldDiagnostics(found).map(({ places, ...first }) => ({
    ...toDiagnostic(first, source),
    ...(places.length === 0 ? {} : { places: places.map((each) => elsewhere(each, source)) }),
  }));
}

function elsewhere(found: Diagnostic, source: Base): NonNullable<DiagnosticData['places']>[number] {
  const { code: _code, severity: _severity, remedy: _remedy, ...place } = toDiagnostic(found, source);
  return place;
}

type Place = { file: string; line: number; column: number } | Record<string, never>;

export function toPlace(position: Position | undefined, source: Base): Place {
  return placesIn(source)(position);
}

/** For many places, nearly all of them in one file. */
export function placesIn({ base }: Base): (position: Position | undefined) => Place {
  const shown = new Map<string, string>();
  return (position) => {
    if (position === undefined) return {};
    const file = shown.get(position.file) ?? relative(base, position.file);
    shown.set(position.file, file);
    return { file, line: position.line, column: position.column };
  };
}
